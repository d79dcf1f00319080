import { type BillingRequest, givesPlan } from "../../lib/billing";
import { sunupError } from "../../lib/errors";
import { PLANS } from "../../lib/plans";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MemberCtx } from "../tenancy/functions";
import { findAccount } from "./account";

type AskCtx = Pick<MemberCtx, "db" | "member" | "tenant" | "schedule">;

/** Between two looks at Stripe that members ask for, in milliseconds. */
const REFRESH_PACE_MS = 3_000;

/** Notes what a member wants done at Stripe, in place of what they wanted before. Throws CONFLICT. */
export async function askStripe(
  { db, member, tenant, schedule }: AskCtx,
  kind: BillingRequest,
  now: number,
): Promise<Id<"billingRequests">> {
  const refusal = whyNot(kind, tenant, await findAccount(db));
  if (refusal !== null) throw sunupError("CONFLICT", { message: refusal });
  const before = await db
    .query("billingRequests")
    .withIndex("by_tenant_member", (q) => q.eq("memberId", member._id))
    .unique();
  // A new row, not the old one changed: its id is what Stripe knows the request by.
  if (before !== null) await db.delete("billingRequests", before._id);
  const requestId = await db.insert("billingRequests", {
    memberId: member._id,
    kind,
    status: "pending",
    askedAt: now,
  });
  await schedule.after(0, internal.billing.requests.perform, { requestId });
  return requestId;
}

/** Has Stripe read again, at most every few seconds. */
export async function askToRefresh({ db, schedule }: AskCtx, now: number): Promise<void> {
  const account = await findAccount(db);
  if (account?.customer === undefined) return;
  if (now - (account.refreshAskedAt ?? 0) < REFRESH_PACE_MS) return;
  await db.patch("billingAccounts", account._id, { refreshAskedAt: now });
  await schedule.after(0, internal.billing.sync.run, { asked: "member" });
}

/** Why this does not fit what the company has, in one sentence; null when it does. */
function whyNot(
  kind: BillingRequest,
  { plan, planGrant }: Doc<"tenants">,
  account: Doc<"billingAccounts"> | null,
): string | null {
  const subscription = account?.subscription;
  const paid = subscription && givesPlan(subscription.status) ? subscription : undefined;
  switch (kind) {
    case "checkout":
      if (planGrant && plan !== "starter") return `Your company is on ${PLANS[plan].name} already.`;
      return paid ? `Your company pays for ${PLANS[paid.plan ?? "pro"].name} already.` : null;
    case "portal":
      return account?.customer === undefined ? "There is nothing to manage at Stripe yet." : null;
    case "cancel":
      if (!paid) return "There is no subscription to end.";
      return paid.cancelAt === undefined ? null : "The subscription ends already.";
    case "resume":
      return paid?.cancelAt === undefined ? "There is no end to take back." : null;
  }
}
