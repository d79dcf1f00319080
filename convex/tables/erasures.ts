import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { ERASURE_PHASES, ERASURE_STATES } from "../../lib/erasure";

export const erasureState = literals(...ERASURE_STATES);
export const erasurePhase = literals(...ERASURE_PHASES);

/** How many rows of which table. */
export const rowCount = v.object({ table: v.string(), rows: v.number() });

/**
 * The erasure of a company: asked for, then worked off batch by batch, in the end its certificate.
 * A platform table, since it outlives the company. Times in milliseconds.
 */
export const erasures = defineTable({
  /** What the certificate is called; follows from the company's id. */
  number: v.string(),
  /** Hexadecimal SHA-256 of the company's id. */
  fingerprint: v.string(),
  companyName: v.string(),
  /** Until the erasure is done: the certificate names no id. */
  tenant: v.optional(v.id("tenants")),
  state: erasureState,
  /** Who of the staff asked; absent for the end of a closing. */
  requestedBy: v.optional(v.id("staff")),
  /** Names are those of that time. */
  requestedByName: v.string(),
  requestedAt: v.number(),
  reason: v.string(),
  /** The second one of the staff; absent for the end of a closing. */
  confirmedBy: v.optional(v.id("staff")),
  confirmedByName: v.optional(v.string()),
  confirmedAt: v.optional(v.number()),
  withdrawnByName: v.optional(v.string()),
  withdrawnAt: v.optional(v.number()),

  startedAt: v.optional(v.number()),
  phase: erasurePhase,
  /** Where the phase goes on: a table, a time, or whatever the phase says. */
  cursor: v.union(v.string(), v.null()),
  /** The number of the next batch. Whoever comes with another one changes nothing. */
  step: v.number(),
  /** Set while it runs: from when on the next batch counts as lost and is begun anew. */
  nextAttemptAt: v.optional(v.number()),
  /** Tries in a row that failed, and what the last one met. */
  failures: v.number(),
  problem: v.optional(v.string()),

  erased: v.array(rowCount),
  /** Lines of the platform's trails that stay, without the company. */
  nameless: v.array(rowCount),
  files: v.number(),
  bytes: v.number(),
  /** Accounts deleted at Clerk, invitations withdrawn there, customers deleted at Stripe. */
  accounts: v.number(),
  invitations: v.number(),
  customers: v.number(),
  /** Scheduled work that was cancelled. */
  jobs: v.number(),
  /** Of the scan under way, in the end of the last one: rows looked at, and those that still named the company. */
  scanned: v.number(),
  found: v.number(),
  scans: v.number(),
  finishedAt: v.optional(v.number()),
  /** What stays and why, as it was said when the erasure was done. */
  kept: v.array(v.object({ what: v.string(), why: v.string() })),
})
  .index("by_tenant", ["tenant"])
  .index("by_nextAttemptAt", ["nextAttemptAt"]);

/**
 * Clerk users and customers at Stripe of erased companies, by the fingerprint of their id: whatever
 * comes about them later changes nothing and makes no company again. Nobody can be named by it.
 */
export const erasedAccounts = defineTable({
  /** Hexadecimal SHA-256 of the id at Clerk or Stripe. */
  fingerprint: v.string(),
}).index("by_fingerprint", ["fingerprint"]);
