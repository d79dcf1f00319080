import type { Doc } from "../../_generated/dataModel";
import type { SystemCtx } from "../../tenancy/functions";

/** A company of the log, and its member if one called. */
export type Company = {
  tenant: Doc<"tenants">;
  member: Doc<"members"> | null;
  /** Sunup's staff who called, in an entry. */
  staff: Doc<"staff"> | null;
  /** The company's own database and scheduler. */
  own: ReturnType<SystemCtx["forTenant"]>;
};

type Who = { tenantId: string; memberId: string | null; staffId?: string | undefined };

/** Finds companies and members by the ids in the log's lines, each once. Null for ids that are none. */
export function companiesOf(ctx: SystemCtx) {
  const known = new Map<string, Promise<Company | null>>();
  return (who: Who): Promise<Company | null> => {
    const key = JSON.stringify([who.tenantId, who.memberId, who.staffId]);
    const found = known.get(key) ?? find(ctx, who);
    known.set(key, found);
    return found;
  };
}

async function find(ctx: SystemCtx, who: Who): Promise<Company | null> {
  const tenantId = ctx.platform.normalizeId("tenants", who.tenantId);
  const tenant = tenantId && (await ctx.platform.get("tenants", tenantId));
  if (!tenant || tenant.erasingSince !== undefined) return null;
  // Opens a tenant: the one for which a function of ours said that it ran.
  const own = ctx.forTenant(tenant._id);
  const memberId = who.memberId === null ? null : own.db.normalizeId("members", who.memberId);
  const member = memberId && (await own.db.get("members", memberId));
  const staffId = ctx.platform.normalizeId("staff", who.staffId ?? "");
  const staff = staffId && (await ctx.platform.get("staff", staffId));
  return { tenant, member, staff, own };
}

/** The company and the person, as rows of the platform name them. */
export function namesOf({ tenant, member, staff }: Company) {
  const person = member ?? staff;
  return {
    ...{ tenant: tenant._id, tenantName: tenant.name },
    ...(person && { userId: person.clerkUserId, userName: person.name }),
  };
}
