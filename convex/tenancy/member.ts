import type { UserIdentity } from "convex/server";
import { entitlementsOf } from "../../lib/entitlements";
import { sunupError } from "../../lib/errors";
import type { Feature } from "../../lib/plans";
import { type Permission, permissionsOf } from "../../lib/roles";
import { isShut } from "../../lib/tenantStatus";
import type { Doc } from "../_generated/dataModel";
import type { DatabaseReader, QueryCtx } from "../_generated/server";
import { noteCaller } from "./refusals";
import { findVisit, membersOnly, type Visit } from "./visit";

/** A member who is calling, for which company, with which rights. Loaded once per call: two documents. */
export type Caller = {
  member: Doc<"members">;
  tenant: Doc<"tenants">;
  permissions: readonly Permission[];
};

/** Who is let into a company: one of its members, or Sunup's staff in an entry. */
export type Admitted = Omit<Caller, "member"> & {
  who: { kind: "member"; member: Doc<"members"> } | Visit;
};

/** The verified token's identity. Throws UNAUTHENTICATED. */
export async function loadIdentity(ctx: Pick<QueryCtx, "auth">): Promise<UserIdentity> {
  const identity = await ctx.auth.getUserIdentity();
  if (identity === null) throw sunupError("UNAUTHENTICATED");
  return identity;
}

/** The one membership of a Clerk user, in whatever state, or null. */
export async function findMember(
  db: DatabaseReader,
  clerkUserId: string,
): Promise<Doc<"members"> | null> {
  return await db
    .query("members")
    .withIndex("by_clerkUserId", (q) => q.eq("clerkUserId", clerkUserId))
    .unique();
}

/**
 * Who the verified token lets in: a member, or staff in an entry of theirs. The tenant comes
 * from the token's subject and from nothing that the client sends.
 * Throws UNAUTHENTICATED, NO_TENANT, MEMBER_DEACTIVATED, TENANT_SUSPENDED, TENANT_CLOSED.
 */
export async function loadAdmitted(ctx: Pick<QueryCtx, "auth" | "db">): Promise<Admitted> {
  const { subject } = await loadIdentity(ctx);
  const member = await findMember(ctx.db, subject);
  if (member !== null) {
    noteCaller(ctx, member);
    const { tenant, permissions } = await letIn(ctx.db, member);
    return { who: { kind: "member", member }, tenant, permissions };
  }
  const visit = await findVisit(ctx.db, subject, Date.now());
  if (visit === null) throw sunupError("NO_TENANT");
  return visit;
}

/** The same for what only members may do. Throws FORBIDDEN besides, for staff in an entry. */
export async function loadCaller(ctx: Pick<QueryCtx, "auth" | "db">): Promise<Caller> {
  const { who, ...admitted } = await loadAdmitted(ctx);
  if (who.kind !== "member") throw membersOnly();
  return { member: who.member, ...admitted };
}

async function letIn(db: DatabaseReader, member: Doc<"members">): Promise<Caller> {
  const tenant = await db.get("tenants", member.tenantId);
  if (tenant === null) throw sunupError("NO_TENANT");
  if (member.status !== "active") throw sunupError("MEMBER_DEACTIVATED", member.lock && LOCKED);
  if (isShut(tenant.status)) {
    throw sunupError(tenant.status === "closed" ? "TENANT_CLOSED" : "TENANT_SUSPENDED");
  }
  return { member, tenant, permissions: permissionsOf(member.roles) };
}

/** What somebody reads whose account Sunup locked; why is for the administrators to say. */
const LOCKED = {
  message: "Sunup locked your account.",
  nextStep: "Ask an administrator of your company why, or write to Sunup's support.",
};

/** Throws FORBIDDEN unless one of the caller's roles gives the permission. */
export function requirePermission(
  caller: Pick<Caller, "permissions">,
  permission: Permission,
): void {
  if (!caller.permissions.includes(permission)) throw sunupError("FORBIDDEN");
}

/** Throws READ_ONLY while nothing of the company may be changed. */
export function requireWritable({ tenant }: Pick<Caller, "tenant">): void {
  if (tenant.readOnly !== undefined) throw sunupError("READ_ONLY");
}

/** Throws FEATURE_NOT_IN_PLAN unless the company may use the feature at this moment (milliseconds). */
export function requireFeature(
  { tenant }: Pick<Caller, "tenant">,
  feature: Feature,
  now: number,
): void {
  if (!entitlementsOf(tenant, now).features.includes(feature)) {
    throw sunupError("FEATURE_NOT_IN_PLAN");
  }
}
