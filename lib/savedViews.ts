import { z } from "zod";
import { TEXT_LIMITS } from "./limits.ts";
import { searchWords } from "./search.ts";

/** Most views that one member keeps. */
export const MAX_OWN_VIEWS = 30;

/** Most views that a company shares. */
export const MAX_SHARED_VIEWS = 60;

export const viewName = z
  .string()
  .trim()
  .min(1, "Give the view a name.")
  .max(TEXT_LIMITS.viewName, `The name can have at most ${TEXT_LIMITS.viewName} characters.`);

const day = z.iso.date("Choose a day, such as 2026-11-23.").optional();

/** The texts of a view's filter; everything else in it is one of a list, or an id. */
export const viewTexts = z.object({
  /** What is looked for. */
  q: z
    .string()
    .transform((typed) => searchWords(typed) || undefined)
    .optional(),
  /** Days of creation, both included. */
  from: day,
  to: day,
});
