import { z } from "zod";
import { normalizeEmail } from "./email.ts";
import { TEXT_LIMITS } from "./limits.ts";

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
