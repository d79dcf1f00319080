import { z } from "zod";
import { TEXT_LIMITS } from "./limits.ts";

/** How a customer pays for the system. */
export const FINANCING = ["cash", "loan", "lease", "ppa"] as const;
export type Financing = (typeof FINANCING)[number];
export const FINANCING_NAMES: Record<Financing, string> = {
  cash: "Cash",
  loan: "Loan",
  lease: "Lease",
  ppa: "PPA",
};

/** Orders of the list of projects. "entered" is by the day the job came into its stage. */
export const PROJECT_SORTS = ["created", "updated", "entered", "name", "price"] as const;
export type ProjectSort = (typeof PROJECT_SORTS)[number];

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
  notes: optionalText(TEXT_LIMITS.notes, "Notes").optional(),
});
export type ProjectForm = z.infer<typeof projectForm>;
