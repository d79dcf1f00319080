import { z } from "zod";
import { TEXT_LIMITS } from "./limits.ts";
import { hasVisibleCharacter } from "./signup.ts";
import { isUsState } from "./usStates.ts";
import { webAddress } from "./webAddress.ts";

/**
 * Who decides on a job's papers: the authority having jurisdiction (AHJ: a city's or county's
 * building department) on permits, the utility on the interconnection.
 */
export const AUTHORITY_KINDS = ["ahj", "utility"] as const;
export type AuthorityKind = (typeof AUTHORITY_KINDS)[number];

export const AUTHORITY_KIND_NAMES: Record<AuthorityKind, string> = {
  ahj: "AHJ",
  utility: "Utility",
};

/** So many of an authority's last reviews are remembered. */
export const MAX_REVIEWS = 25;

/** What a company notes about an authority, as the form and the server take it. Empty text stands for nothing. */
export const authorityForm = z.object({
  kind: z.enum(AUTHORITY_KINDS, "Choose AHJ or utility."),
  name: z
    .string()
    .trim()
    .max(
      TEXT_LIMITS.companyName,
      `The name can have at most ${TEXT_LIMITS.companyName} characters.`,
    )
    .refine(hasVisibleCharacter, "Give the authority a name."),
  state: z
    .string()
    .refine((code) => code === "" || isUsState(code), "Choose a state from the list.")
    .optional(),
  portalUrl: webAddress("The portal's address").optional(),
  phone: z
    .string()
    .trim()
    .max(TEXT_LIMITS.phone, `The phone number can have at most ${TEXT_LIMITS.phone} characters.`)
    .optional(),
  notes: z
    .string()
    .trim()
    .max(TEXT_LIMITS.notes, `Notes can have at most ${TEXT_LIMITS.notes} characters.`)
    .optional(),
});
export type AuthorityForm = z.infer<typeof authorityForm>;

/** The median of an authority's remembered reviews in calendar days; undefined while there is none. */
export function medianDays(reviewDays: readonly number[]): number | undefined {
  if (reviewDays.length === 0) return undefined;
  const sorted = reviewDays.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  const lower = sorted.length % 2 === 0 ? (sorted[middle - 1] ?? upper) : upper;
  return Math.round((lower + upper) / 2);
}

/** The remembered reviews with one more, the oldest leaving when there are too many. */
export function withReview(reviewDays: readonly number[], days: number): number[] {
  return [...reviewDays, days].slice(-MAX_REVIEWS);
}

/** The remembered reviews without one of so many days: an approval was taken back. */
export function withoutReview(reviewDays: readonly number[], days: number): number[] {
  const place = reviewDays.lastIndexOf(days);
  return place < 0 ? [...reviewDays] : reviewDays.toSpliced(place, 1);
}
