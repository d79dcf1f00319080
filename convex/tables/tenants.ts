import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals, partial } from "convex-helpers/validators";
import { FEATURES, PLAN_IDS } from "../../lib/plans";
import { TENANT_STATUSES } from "../../lib/tenantStatus";

/** A status of lib/tenantStatus.ts. */
export const tenantStatus = literals(...TENANT_STATUSES);

/** A plan of lib/plans.ts. */
export const planId = literals(...PLAN_IDS);

const limit = v.union(v.number(), v.null());
const limits = v.object({
  users: limit,
  leadsPerMonth: limit,
  storageGb: limit,
  videoMinutesPerMonth: limit,
});
const feature = literals(...FEATURES);

/** What a company may use: lib/entitlements.ts. */
export const entitlements = v.object({ plan: planId, limits, features: v.array(feature) });

const limitName = v.union(
  v.literal("users"),
  v.literal("leadsPerMonth"),
  v.literal("storageGb"),
  v.literal("videoMinutesPerMonth"),
);

/** Why staff set something, who did and when; times in milliseconds. */
const setByStaff = { reason: v.string(), by: v.string(), at: v.number() };
const expiresAt = v.optional(v.number());
const details = { ...partial(setByStaff), expiresAt };

/** A limit or feature that Sunup's staff set for one company: lib/entitlements.ts. */
export const entitlementOverride = v.union(
  v.object({ limit: limitName, value: limit, ...details }),
  v.object({ feature, on: v.boolean(), ...details }),
);

/** What an override sets, as staff ask for it. */
export const overrideValue = v.union(
  v.object({ limit: limitName, value: limit }),
  v.object({ feature, on: v.boolean() }),
);

/** What an override is of. */
export const overrideTarget = v.union(v.object({ limit: limitName }), v.object({ feature }));

/** A plan that staff gave a company, whatever it pays for: lib/entitlements.ts. */
export const planGrant = v.object({ plan: planId, ...setByStaff, expiresAt });

/** Nobody of the company can change anything while this lasts; `since` in milliseconds. */
export const readOnly = v.object({ since: v.number(), because: literals("restore") });

/** An administrator has asked for the company to be closed; times in milliseconds. */
export const closing = v.object({
  requestedAt: v.number(),
  closesAt: v.number(),
  /** The administrator's name. */
  requestedBy: v.string(),
});

/**
 * One row per installation company. A platform table: its `_id` is the tenantId of
 * every other row. Nothing that changes often may live here (counters, last seen):
 * every session of the tenant reads this row, and each write would re-run them all.
 */
export const tenants = defineTable({
  name: v.string(),
  /** Unique; see lib/slug.ts. */
  slug: v.string(),
  /** Follows from the four fields after it: see model/tenantStatus.ts, which alone changes them. */
  status: tenantStatus,
  /** Milliseconds; set while a payment is overdue. */
  pastDueSince: v.optional(v.number()),
  /** Set while Sunup keeps the company shut; members read the reason. */
  suspension: v.optional(v.object({ since: v.number(), reason: v.string() })),
  closing: v.optional(closing),
  readOnly: v.optional(readOnly),
  /** Milliseconds; set once the company is closed. */
  closedAt: v.optional(v.number()),
  /** Milliseconds; set once the company's erasure has begun: from then on nothing works for it any more. */
  erasingSince: v.optional(v.number()),
  /** The plan in force, which follows from what staff gave, what is paid for and the trial (lib/entitlements.ts). */
  plan: planId,
  /** Set while staff give the company a plan; its end is scheduled. */
  planGrant: v.optional(planGrant),
  /** What staff changed of the plan for this company alone. Those that have expired stay until staff reset them. */
  overrides: v.optional(v.array(entitlementOverride)),
  /** A plan that was asked for at sign-up and is agreed with sales first. */
  planWish: v.optional(planId),
  /** Milliseconds; set while a trial of `plan` runs, and only then: a paid subscription takes it away. */
  trialEndsAt: v.optional(v.number()),
  /** True once a trial has ended or was replaced by a subscription: the next one starts without. */
  trialUsed: v.optional(v.boolean()),
  /** Milliseconds; set while no active administrator is left, for staff to appoint one. */
  withoutAdministratorSince: v.optional(v.number()),
})
  .index("by_slug", ["slug"])
  .index("by_erasing_closed", ["erasingSince", "closedAt"]);
