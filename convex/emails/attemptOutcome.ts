import { type Infer, v } from "convex/values";

/** What became of one attempt to hand a mail to Resend. */
export const attemptOutcome = v.union(
  v.object({ kind: v.literal("accepted"), providerId: v.optional(v.string()) }),
  /** It may succeed later, unchanged. */
  v.object({
    kind: v.literal("retry"),
    reason: v.string(),
    /** Milliseconds that Resend asks to wait at least. */
    waitMs: v.optional(v.number()),
  }),
  /** It will never be taken as it is. */
  v.object({ kind: v.literal("refused"), reason: v.string() }),
);
export type AttemptOutcome = Infer<typeof attemptOutcome>;
