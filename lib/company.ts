import { z } from "zod";
import { TEXT_LIMITS } from "./limits.ts";
import { companyName } from "./signup.ts";
import { isTimeZone } from "./timeZones.ts";
import { isUsState } from "./usStates.ts";
import { webAddress } from "./webAddress.ts";

/** More licences than any installer holds. */
export const MAX_LICENCES = 20;

const text = (max: number, what: string) =>
  z.string().trim().max(max, `${what} can have at most ${max} characters.`);

const licence = z.object({
  state: z.string().refine((code) => isUsState(code), "Choose the licence's state."),
  number: text(TEXT_LIMITS.licenceNumber, "A licence number").min(1, "Enter the licence's number."),
});
export type Licence = z.infer<typeof licence>;

/** A company's profile, as its form and the server take it. Empty text stands for nothing. */
export const companyForm = z.object({
  name: companyName,
  address: text(TEXT_LIMITS.address, "The address"),
  phone: text(TEXT_LIMITS.phone, "The phone number"),
  website: webAddress("The website"),
  licences: z
    .array(licence)
    .max(MAX_LICENCES, `A company can have at most ${MAX_LICENCES} licences.`)
    .superRefine((licences, context) => {
      const seen = new Set<string>();
      for (const [index, { state, number }] of licences.entries()) {
        const key = `${state} ${number.toLowerCase()}`;
        if (seen.has(key)) {
          const message = "This licence is in the list twice.";
          context.addIssue({ code: "custom", message, path: [index, "number"] });
        }
        seen.add(key);
      }
    }),
  timeZone: z.string().refine(isTimeZone, "Choose a time zone from the list."),
});
export type CompanyForm = z.infer<typeof companyForm>;
