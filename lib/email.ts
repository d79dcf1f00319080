import { z } from "zod";
import { TEXT_LIMITS } from "./limits.ts";

/** One spelling for every address, so that two of the same person compare equal; Clerk does the same. */
export function normalizeEmail(address: string): string {
  return address.trim().toLowerCase();
}

/** An e-mail address as somebody types it. */
export const emailAddress = z
  .string()
  .trim()
  .max(TEXT_LIMITS.email, "This e-mail address is too long.")
  .pipe(z.email("Enter a valid e-mail address, such as you@company.com."));
