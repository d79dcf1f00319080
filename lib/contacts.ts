import { z } from "zod";
import { emailAddress, normalizeEmail } from "./email.ts";
import { TEXT_LIMITS } from "./limits.ts";
import { normalizePhone } from "./phone.ts";
import { hasVisibleCharacter } from "./signup.ts";
import { webAddress } from "./webAddress.ts";

/** What an organization is to an installer. */
export const ORGANIZATION_KINDS = [
  "homeownerAssociation",
  "builder",
  "propertyManager",
  "financier",
  "other",
] as const;
export type OrganizationKind = (typeof ORGANIZATION_KINDS)[number];
export const ORGANIZATION_KIND_NAMES: Record<OrganizationKind, string> = {
  homeownerAssociation: "Homeowner association",
  builder: "Builder",
  propertyManager: "Property manager",
  financier: "Financier",
  other: "Other",
};

/** Whether a record is in the lists, out of them, or became part of another one. */
export const CONTACT_STATES = ["active", "archived", "merged"] as const;
export type ContactState = (typeof CONTACT_STATES)[number];

const name = (max: number, missing: string) =>
  z
    .string()
    .trim()
    .max(max, `The name can have at most ${max} characters.`)
    .refine(hasVisibleCharacter, missing);

const text = (max: number, what: string) =>
  z.string().trim().max(max, `${what} can have at most ${max} characters.`);

const phone = text(TEXT_LIMITS.phone, "The phone number");
const address = text(TEXT_LIMITS.address, "The address");
const notes = text(TEXT_LIMITS.notes, "Notes");

/** A person, as forms and the server take it. Empty text stands for nothing. */
export const contactForm = z.object({
  name: name(TEXT_LIMITS.personName, "Enter the person's name."),
  email: z.union([z.literal(""), emailAddress], "Enter a valid e-mail address."),
  phone,
  address,
  notes,
});
export type ContactForm = z.infer<typeof contactForm>;

/** An organization, as forms and the server take it. Empty text stands for nothing. */
export const organizationForm = z.object({
  name: name(TEXT_LIMITS.organizationName, "Enter the organization's name."),
  kind: z.enum(ORGANIZATION_KINDS, "Choose what kind of organization it is."),
  website: webAddress("The website"),
  phone,
  address,
  notes,
});
export type OrganizationForm = z.infer<typeof organizationForm>;

/** By what two records of the same person are known: absent where nothing is given. */
export function identityKeys({ email, phone }: { email?: string; phone?: string }): {
  emailKey?: string;
  phoneKey?: string;
} {
  const emailKey = normalizeEmail(email ?? "") || undefined;
  const phoneKey = normalizePhone(phone ?? "") ?? undefined;
  return { emailKey, phoneKey };
}
