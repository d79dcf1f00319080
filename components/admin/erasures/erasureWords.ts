import type { ErasurePhase, ErasureState } from "@/lib/erasure";

/** States as staff read them. */
export const ERASURE_STATE_WORDS: Record<ErasureState, string> = {
  requested: "Waits for a second person",
  withdrawn: "Withdrawn",
  running: "Under way",
  done: "Erased",
};

/** What an erasure is at. */
export const ERASURE_PHASE_WORDS: Record<ErasurePhase, string> = {
  people: "Makes sure that nobody comes back",
  rows: "Erases rows and files",
  accounts: "Deletes accounts at Clerk and the customer at Stripe",
  platform: "Erases what Sunup itself noted",
  tenant: "Erases the company’s own row",
  jobs: "Cancels work that was scheduled",
  scan: "Looks through every table for what is left",
};
