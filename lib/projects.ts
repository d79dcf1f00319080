import { z } from "zod";
import { TEXT_LIMITS } from "./limits.ts";

/** The page of a project. */
export function projectPath(projectId: string): string {
  return `/projects/${projectId}`;
}

/** How a customer pays for the system. */
export const FINANCING = ["cash", "loan", "lease", "ppa"] as const;
export type Financing = (typeof FINANCING)[number];
export const FINANCING_NAMES: Record<Financing, string> = {
  cash: "Cash",
  loan: "Loan",
  lease: "Lease",
  ppa: "PPA",
};

export const ROOF_TYPES = ["shingle", "metal", "tile", "flat", "ground", "other"] as const;
export type RoofType = (typeof ROOF_TYPES)[number];
export const ROOF_TYPE_NAMES: Record<RoofType, string> = {
  shingle: "Asphalt shingle",
  metal: "Metal",
  tile: "Tile",
  flat: "Flat",
  ground: "Ground mount",
  other: "Other",
};

/** How the page of projects shows them. */
export const PROJECT_VIEWS = ["table", "board"] as const;

/** Orders of the list of projects. "entered" is by the day the job came into its stage. */
export const PROJECT_SORTS = ["created", "updated", "entered", "name", "price"] as const;
export type ProjectSort = (typeof PROJECT_SORTS)[number];

const wholeNumber = (what: string, min: number, max: number) =>
  z
    .number(`Enter ${what} as a number.`)
    .int(`Enter ${what} as a whole number.`)
    .min(min, `Enter ${what} from ${min} to ${max}.`)
    .max(max, `Enter ${what} from ${min} to ${max}.`);

const optionalText = (max: number, what: string) =>
  z.string().trim().max(max, `${what} can have at most ${max} characters.`);

/** What a project's form may hold. The server checks the same schema again. */
export const projectForm = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Give the project a name.")
    .max(
      TEXT_LIMITS.projectName,
      `The name can have at most ${TEXT_LIMITS.projectName} characters.`,
    ),
  customerName: z
    .string()
    .trim()
    .min(1, "Enter the customer's name.")
    .max(
      TEXT_LIMITS.personName,
      `The customer's name can have at most ${TEXT_LIMITS.personName} characters.`,
    ),
  customerEmail: z
    .union([
      z.literal(""),
      z
        .string()
        .trim()
        .max(TEXT_LIMITS.email, "This e-mail address is too long.")
        .pipe(z.email("Enter a valid e-mail address, or leave it empty.")),
    ])
    .optional(),
  customerPhone: optionalText(TEXT_LIMITS.phone, "The phone number").optional(),
  siteAddress: optionalText(TEXT_LIMITS.address, "The address").optional(),
  /** Size of the system in kilowatts (DC). */
  systemSizeKw: z
    .number("Enter the size in kW as a number.")
    .gt(0, "The size must be more than 0 kW.")
    .max(100_000, "The size can be at most 100,000 kW.")
    .optional(),
  /** Contract price in US cents. */
  contractPriceCents: z
    .number("Enter the price as a number.")
    .int("Enter the price in whole cents.")
    .min(0, "The price cannot be negative.")
    .max(100_000_000_000, "The price can be at most $1,000,000,000.")
    .optional(),
  financing: z.enum(FINANCING, "Choose how the customer pays.").optional(),
  financier: optionalText(TEXT_LIMITS.equipment, "The financing company").optional(),
  roofType: z.enum(ROOF_TYPES, "Choose a kind of roof.").optional(),
  roofAgeYears: wholeNumber("the roof's age in years", 0, 200).optional(),
  mainPanelAmps: wholeNumber("the main panel's amps", 30, 6_000).optional(),
  moduleModel: optionalText(TEXT_LIMITS.equipment, "The module").optional(),
  moduleCount: wholeNumber("the number of modules", 1, 100_000).optional(),
  inverter: optionalText(TEXT_LIMITS.equipment, "The inverter").optional(),
  battery: optionalText(TEXT_LIMITS.equipment, "The battery").optional(),
  /** A day, "2026-11-23". */
  targetInstallDay: z
    .union([z.literal(""), z.iso.date("Enter a day, such as 2026-11-23.")])
    .optional(),
  notes: optionalText(TEXT_LIMITS.notes, "The text about the job").optional(),
});
export type ProjectForm = z.infer<typeof projectForm>;
