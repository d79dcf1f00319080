import type { UserIdentity } from "convex/server";
import { entitlementsOf } from "../../lib/entitlements";
import { sunupError } from "../../lib/errors";
import type { Feature } from "../../lib/plans";
import { type Permission, permissionsOf } from "../../lib/roles";
import { isShut } from "../../lib/tenantStatus";
import type { Doc } from "../_generated/dataModel";
import type { DatabaseReader, QueryCtx } from "../_generated/server";

/** Who is calling, for which company, with which rights. Loaded once per call: two documents. */
export type Caller = {
  member: Doc<"members">;
  tenant: Doc<"tenants">;
  permissions: readonly Permission[];
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
 * The member behind the verified token, allowed in: the tenant comes from the token's
 * subject and from nothing that the client sends.
 * Throws UNAUTHENTICATED, NO_TENANT, MEMBER_DEACTIVATED, TENANT_SUSPENDED, TENANT_CLOSED.
 */
export async function loadCaller(ctx: Pick<QueryCtx, "auth" | "db">): Promise<Caller> {
  const identity = await loadIdentity(ctx);
  const member = await findMember(ctx.db, identity.subject);
  if (member === null) throw sunupError("NO_TENANT");
  const tenant = await ctx.db.get("tenants", member.tenantId);
  if (tenant === null) throw sunupError("NO_TENANT");
  if (member.status !== "active") throw sunupError("MEMBER_DEACTIVATED");
  if (isShut(tenant.status)) {
    throw sunupError(tenant.status === "closed" ? "TENANT_CLOSED" : "TENANT_SUSPENDED");
  }
  return { member, tenant, permissions: permissionsOf(member.roles) };
}

/** Throws FORBIDDEN unless one of the caller's roles gives the permission. */
export function requirePermission(caller: Caller, permission: Permission): void {
  if (!caller.permissions.includes(permission)) throw sunupError("FORBIDDEN");
}

/** Throws FEATURE_NOT_IN_PLAN unless the company may use the feature at this moment (milliseconds). */
export function requireFeature({ tenant }: Caller, feature: Feature, now: number): void {
  if (!entitlementsOf(tenant, now).features.includes(feature)) {
    throw sunupError("FEATURE_NOT_IN_PLAN");
  }
}
