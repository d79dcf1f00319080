import { z } from "zod";
import { emailAddress } from "./email.ts";
import { TEXT_LIMITS } from "./limits.ts";
import { PLAN_IDS } from "./plans.ts";

/** What counts as a company's name: something to see, at most 120 characters, any script or emoji. */
export const companyName = z
  .string()
  .trim()
  .max(
    TEXT_LIMITS.companyName,
    `The company's name can have at most ${TEXT_LIMITS.companyName} characters.`,
  )
  .refine(hasVisibleCharacter, "Enter your company's name.");

/** A name that is empty, or only spaces, zero-width or direction marks, would be shown as nothing. */
export function hasVisibleCharacter(text: string): boolean {
  return /[\p{L}\p{N}\p{S}\p{Extended_Pictographic}]/u.test(text);
}

/** The form on /signup. */
export const signupForm = z.object({
  companyName,
  plan: z.enum(PLAN_IDS, "Choose a plan."),
  name: z
    .string()
    .trim()
    .min(1, "Enter your name.")
    .max(
      TEXT_LIMITS.personName,
      `Your name can have at most ${TEXT_LIMITS.personName} characters.`,
    ),
  email: emailAddress,
  password: z.string().min(8, "Use at least 8 characters.").max(72, "Use at most 72 characters."),
});
export type SignupForm = z.infer<typeof signupForm>;

/**
 * What sign-up leaves in Clerk's unsafeMetadata. The browser writes it, so it is a
 * wish and never a proof: provisioning validates it, and a paid plan is a trial.
 */
export const signupMetadata = z.object({
  companyName,
  plan: z.enum(PLAN_IDS).catch("starter"),
});
export type SignupMetadata = z.infer<typeof signupMetadata>;

/** The form on /join: the address is the one that the invitation went to. */
export const joinForm = signupForm.pick({ name: true, password: true });
export type JoinForm = z.infer<typeof joinForm>;
