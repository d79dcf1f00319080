import { z } from "zod";
import { normalizeEmail } from "./email.ts";
import { TEXT_LIMITS } from "./limits.ts";

/** What a lead can be. It starts as new; converted is for good, everything else can be taken back. */
export const LEAD_STATUSES = ["new", "contacted", "qualified", "lost", "converted"] as const;
export type LeadStatus = (typeof LEAD_STATUSES)[number];
export const LEAD_STATUS_NAMES: Record<LeadStatus, string> = {
  new: "New",
  contacted: "Contacted",
  qualified: "Qualified",
  lost: "Lost",
  converted: "Converted",
};

/** The states of a lead that somebody still works on, in order. */
export const OPEN_LEAD_STATUSES = ["new", "contacted", "qualified"] as const;
export type OpenLeadStatus = (typeof OPEN_LEAD_STATUSES)[number];

export function isOpenStatus(status: LeadStatus): status is OpenLeadStatus {
  return (OPEN_LEAD_STATUSES as readonly LeadStatus[]).includes(status);
}

/** Why a lead came to nothing. */
export const LOST_REASONS = [
  "unreachable",
  "notInterested",
  "price",
  "financing",
  "roof",
  "outOfArea",
  "competitor",
  "duplicate",
  "other",
] as const;
export type LostReason = (typeof LOST_REASONS)[number];
export const LOST_REASON_NAMES: Record<LostReason, string> = {
  unreachable: "Could not be reached",
  notInterested: "Not interested any more",
  price: "Too expensive",
  financing: "No financing",
  roof: "Roof or site does not suit",
  outOfArea: "Outside our area",
  competitor: "Chose another installer",
  duplicate: "Was here already",
  other: "Something else",
};

/** How a lead got in: typed by a member, sent with a campaign's form, from a file. */
export const LEAD_SOURCES = ["member", "form", "import"] as const;
export type LeadSource = (typeof LEAD_SOURCES)[number];

/** What can happen to a lead, as its timeline tells it. */
export const LEAD_ACTIVITY_KINDS = [
  "created",
  "received",
  "imported",
  "changed",
  "assigned",
  "moved",
  "lost",
  "converted",
] as const;
export type LeadActivityKind = (typeof LEAD_ACTIVITY_KINDS)[number];

const optionalText = (max: number, what: string) =>
  z.string().trim().max(max, `${what} can have at most ${max} characters.`).optional();

/** What may be known of a lead. The server checks the same schema again. */
export const leadForm = z.object({
  name: z
    .string()
    .trim()
    .min(1, "Enter a name.")
    .max(TEXT_LIMITS.personName, `A name can have at most ${TEXT_LIMITS.personName} characters.`),
  email: z
    .union([
      z.literal(""),
      z
        .string()
        .transform(normalizeEmail)
        .pipe(
          z
            .string()
            .max(TEXT_LIMITS.email, "This e-mail address is too long.")
            .pipe(z.email("Enter a valid e-mail address, or leave it empty.")),
        ),
    ])
    .optional(),
  phone: optionalText(TEXT_LIMITS.phone, "A phone number"),
  address: optionalText(TEXT_LIMITS.address, "An address"),
  notes: optionalText(TEXT_LIMITS.notes, "Notes"),
});
export type LeadForm = z.infer<typeof leadForm>;
export type LeadField = keyof LeadForm;

/** Why a lead was lost, in a person's own words beside the reason. */
export const lostNote = optionalText(TEXT_LIMITS.reason, "A note");
