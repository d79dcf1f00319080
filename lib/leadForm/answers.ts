import { z } from "zod";
import { emailAddress, normalizeEmail } from "../email.ts";
import { TEXT_LIMITS } from "../limits.ts";
import { normalizePhone } from "../phone.ts";

/** Largest sending that a form's address takes; the longest honest one is a fraction of it. */
export const MAX_SENDING_BYTES = 32 * 1024;

/** Longest that a homeowner may write, in characters. */
const MAX_MESSAGE = 2_000;

const text = (max: number, what: string) =>
  z.string().trim().max(max, `${what} can have at most ${max} characters.`).default("");

/** What a homeowner answers in a campaign's public form. Empty text stands for nothing. */
export const leadFormAnswers = z
  .object({
    name: z
      .string()
      .trim()
      .min(1, "Please enter your name.")
      .max(TEXT_LIMITS.personName, `A name can have at most ${TEXT_LIMITS.personName} characters.`),
    email: z
      .string()
      .default("")
      .refine((value) => value.trim() === "" || emailAddress.safeParse(value).success, {
        error: "Please check the e-mail address. It should look like you@example.com.",
      })
      .transform(normalizeEmail),
    phone: text(TEXT_LIMITS.phone, "A phone number").refine(
      (value) => value === "" || normalizePhone(value) !== null,
      { error: "Please check the phone number." },
    ),
    address: text(TEXT_LIMITS.address, "An address"),
    message: text(MAX_MESSAGE, "A message"),
  })
  .refine(({ email, phone }) => email !== "" || phone !== "", {
    error: "Please enter an e-mail address or a phone number, so that we can reach you.",
    path: ["email"],
  });
export type LeadFormAnswers = z.infer<typeof leadFormAnswers>;
export type AnswerField = keyof LeadFormAnswers;

/** What became of a sending, or of a form that somebody opens. */
export const SENDING_OUTCOMES = ["received", "unavailable", "tooMany", "full"] as const;
export type SendingOutcome = (typeof SENDING_OUTCOMES)[number];

/**
 * A form's key: 128 random bits, as hexadecimal digits, behind the name of the deployment that
 * has the form, unless that is home.
 */
export const FORM_TOKEN = /^(?:([a-z][a-z0-9]{0,19})-)?[0-9a-f]{32}$/;
