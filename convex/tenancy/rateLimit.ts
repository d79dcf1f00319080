import { entitlementsOf } from "../../lib/entitlements";
import { sunupError } from "../../lib/errors";
import {
  COMPANY_LIMITS,
  fullBucket,
  LOT,
  MEMBER_LIMIT,
  type RateLimit,
  refilled,
  waitFor,
} from "../../lib/rateLimits";
import type { Doc, Id } from "../_generated/dataModel";
import type { DatabaseWriter } from "../_generated/server";
import type { Caller } from "./member";

/**
 * Rate limits on what a company's members change. Queries are not limited: they cannot write, so
 * they cannot count. A change that is refused or fails takes nothing, since its transaction is
 * rolled back; a refusal costs one document. Calls that fail are counted by the log stream instead
 * (model/telemetry/failingCalls.ts).
 */

/**
 * Takes `cost` from the member's bucket, and a lot from the company's where the last one is used
 * up. `now` in milliseconds. Throws RATE_LIMITED, with when to try again.
 */
export async function takeRate(
  db: DatabaseWriter,
  { member, tenant }: Pick<Caller, "member" | "tenant">,
  cost: number | undefined = 1,
  now: number,
): Promise<void> {
  const own = await bucketOf(db, tenant._id, member._id, MEMBER_LIMIT, now);
  requireTokens(own, cost, MEMBER_LIMIT, "member");
  let { drawn } = own;
  if (drawn < cost) {
    const lot = Math.max(LOT, cost);
    const limit = COMPANY_LIMITS[entitlementsOf(tenant, now).plan];
    const company = await bucketOf(db, tenant._id, undefined, limit, now);
    requireTokens(company, lot, limit, "company");
    await save(db, { ...company, tokens: company.tokens - lot });
    drawn += lot;
  }
  await save(db, { ...own, tokens: own.tokens - cost, drawn: drawn - cost });
}

type Row = Omit<Doc<"rateBuckets">, "_id" | "_creationTime"> & { _id?: Id<"rateBuckets"> };

async function bucketOf(
  db: DatabaseWriter,
  tenantId: Id<"tenants">,
  memberId: Id<"members"> | undefined,
  limit: RateLimit,
  now: number,
): Promise<Row> {
  const row = await db
    .query("rateBuckets")
    .withIndex("by_tenant_member", (q) => q.eq("tenantId", tenantId).eq("memberId", memberId))
    .unique();
  if (row !== null) return { ...row, ...refilled(row, limit, now) };
  return { tenantId, ...(memberId && { memberId }), drawn: 0, ...fullBucket(limit, now) };
}

async function save(db: DatabaseWriter, { _id, ...row }: Row): Promise<void> {
  const { tokens, at, drawn } = row;
  if (_id === undefined) await db.insert("rateBuckets", row);
  else await db.patch("rateBuckets", _id, { tokens, at, drawn });
}

function requireTokens(row: Row, wanted: number, limit: RateLimit, whose: "member" | "company") {
  const wait = waitFor(wanted, row, limit);
  if (wait === 0) return;
  const seconds = Math.max(1, Math.ceil(wait / 1000));
  const who = whose === "member" ? "You are" : "Your company is";
  throw sunupError("RATE_LIMITED", {
    message: `${who} making more changes than we can take at once.`,
    nextStep: `Try again in ${seconds === 1 ? "a second" : `${seconds} seconds`}.`,
    retryAt: row.at + wait,
  });
}
