import { DAY_MS } from "./days";

/** So long after the closing, in days, Sunup's support can still open the company again; then its data goes. */
export const ERASED_AFTER_DAYS = 7;

/** When the data of a company goes that closes at `closesAt`; milliseconds. */
export function erasedAt(closesAt: number): number {
  return closesAt + ERASED_AFTER_DAYS * DAY_MS;
}

/** `requested` waits for a second person of the staff; from `running` on there is no way back. */
export const ERASURE_STATES = ["requested", "withdrawn", "running", "done"] as const;
export type ErasureState = (typeof ERASURE_STATES)[number];

/** The parts of an erasure, in their order. */
export const ERASURE_PHASES = [
  "people",
  "rows",
  "accounts",
  "platform",
  "tenant",
  "jobs",
  "scan",
] as const;
export type ErasurePhase = (typeof ERASURE_PHASES)[number];

/** What stays after an erasure, and why: part of every certificate. */
export const KEPT_AFTER_ERASURE: readonly { what: string; why: string }[] = [
  {
    what: "Invoices and payments at Stripe",
    why: "Tax law asks for them for years. The customer they belonged to is deleted there.",
  },
  {
    what: "This certificate, with the company’s name",
    why: "It proves the erasure. It holds a fingerprint of the company’s id, and no id and nobody’s address.",
  },
  {
    what: "Lines of what Sunup’s staff did, without the company",
    why: "Staff answer for what they did. The lines lost name, reason and values, and go after 400 days.",
  },
  {
    what: "Sums over all companies",
    why: "They name nobody: sign-ups by day, revenue by month, calls by function.",
  },
  {
    what: "Fingerprints of the deleted accounts",
    why: "A late message about an account must not bring it back. Nobody can be named by them.",
  },
  {
    what: "That Clerk, Stripe and Resend told us of their deletions",
    why: "Their messages are known again by an id of theirs, and forgotten after 90 days.",
  },
  {
    what: "Back-ups and the log of finished work",
    why: "They cannot be changed and run out by themselves. Work is forgotten after 7 days.",
  },
];
