import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { BILLING_REQUESTS, INVOICE_STATUSES, SUBSCRIPTION_STATUSES } from "../../lib/billing";
import { planId } from "./tenants";

/** A subscription as Stripe has it. Times in milliseconds. */
export const subscription = v.object({
  /** Stripe's id, sub_… */
  id: v.string(),
  status: literals(...SUBSCRIPTION_STATUSES),
  /** Stripe's id of the price, price_… */
  price: v.string(),
  /** The plan that the price is for; null for a price that Sunup does not know. */
  plan: v.union(planId, v.null()),
  currentPeriodEnd: v.number(),
  /** When it ends, once that is arranged. */
  cancelAt: v.optional(v.number()),
  trialEnd: v.optional(v.number()),
});
export type Subscription = Infer<typeof subscription>;

/** An invoice as Stripe has it. */
export const invoice = v.object({
  /** Stripe's id, in_… */
  id: v.string(),
  number: v.optional(v.string()),
  createdAt: v.number(),
  amountCents: v.number(),
  status: literals(...INVOICE_STATUSES),
  /** Stripe's page of the invoice. */
  url: v.optional(v.string()),
  /** How often the card was charged for it. */
  attempts: v.number(),
  nextAttemptAt: v.optional(v.number()),
});
export type Invoice = Infer<typeof invoice>;

/** What was read of a customer at Stripe; `deleted` customers have nothing any more. */
export const billingSnapshot = v.object({
  customer: v.string(),
  deleted: v.boolean(),
  subscription: v.union(subscription, v.null()),
  /** Further subscriptions that are in force: there should be none. */
  surplus: v.number(),
  /** Newest first, at most MAX_INVOICES of convex/billing/snapshot.ts. */
  invoices: v.array(invoice),
});
export type BillingSnapshot = Infer<typeof billingSnapshot>;

/**
 * What Sunup knows of a company at Stripe: a copy, which convex/billing/ brings up to date.
 * One row per company, written with its first visit to a page of Stripe's.
 */
export const billingAccounts = defineTable({
  tenantId: v.id("tenants"),
  /** Stripe's customer, cus_…, made by our own server for this company; absent once it is deleted. */
  customer: v.optional(v.string()),
  /** How many customers were made: part of the key with which the next one is. */
  customersMade: v.number(),
  subscription: v.optional(subscription),
  invoices: v.array(invoice),
  /** Counts the reads of Stripe as they begin, and the last one that was written here. */
  readsBegun: v.number(),
  readWritten: v.number(),
  /** Milliseconds; the last time that this agreed with Stripe. */
  syncedAt: v.optional(v.number()),
  /** Milliseconds; when a member last asked to look at Stripe again. */
  refreshAskedAt: v.optional(v.number()),
  /** What staff should look at, in one sentence. */
  problem: v.optional(v.string()),
})
  .index("by_tenant", ["tenantId"])
  // Crosses tenants: an event of Stripe's names a customer, and the company is what is looked for.
  .index("by_customer", ["customer"]);

/** The last thing that a member wanted from Stripe, and what became of it: one row per member. */
export const billingRequests = defineTable({
  tenantId: v.id("tenants"),
  memberId: v.id("members"),
  kind: literals(...BILLING_REQUESTS),
  status: literals("pending", "done", "failed"),
  /** Milliseconds. */
  askedAt: v.number(),
  /** The page of Stripe's to go on to. Whoever has it can use it, so only the member is told. */
  url: v.optional(v.string()),
  /** Why it failed, in one sentence. */
  problem: v.optional(v.string()),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_member", ["tenantId", "memberId"]);
