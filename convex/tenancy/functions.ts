import type { UserIdentity } from "convex/server";
import { customMutation, customQuery } from "convex-helpers/server/customFunctions";
import type { Permission } from "../../lib/roles";
import type { Doc, Id } from "../_generated/dataModel";
import {
  type ActionCtx,
  type DatabaseReader,
  type DatabaseWriter,
  httpAction,
  internalMutation,
  mutation,
  type MutationCtx,
  query,
  type QueryCtx,
} from "../_generated/server";
import { findMember, loadCaller, loadIdentity, requirePermission } from "./member";
import { platformDb } from "./platformDb";
import { type TenantScope, tenantReader, tenantWriter } from "./rules";
import { scopedReader, type ScopedReader, scopedWriter, type ScopedWriter } from "./scopedDb";

/**
 * The builders of every function of Sunup; nothing else may use Convex's own.
 *
 * | builder            | who may call it            | what its handler gets              |
 * |--------------------|----------------------------|------------------------------------|
 * | tenantQuery        | a member with `permission` | member, tenant, db of that tenant  |
 * | tenantMutation     | a member with `permission` | the same, writable                 |
 * | signedInQuery      | anyone signed in           | identity, own membership if any    |
 * | signedInMutation   | anyone signed in           | identity, and internal functions   |
 * | systemMutation     | only our own functions     | platform tables, one tenant at a time |
 * | webhook            | the outside, over HTTP     | the request, and internal functions |
 */

/** Parts of Convex's context that could walk around the walls. */
const CLOSED = {
  auth: undefined,
  storage: undefined,
  scheduler: undefined,
  runQuery: undefined,
  runMutation: undefined,
  meta: undefined,
} as const;

/** `"member"` lets every active member in, whatever the roles. */
type Gate = { permission: Permission | "member" };

/**
 * A query of a tenant. Runs in this order: token, member, tenant open, permission, handler.
 * Throws UNAUTHENTICATED, NO_TENANT, MEMBER_DEACTIVATED, TENANT_SUSPENDED, FORBIDDEN.
 */
export const tenantQuery = customQuery(query, {
  args: {},
  input: async (ctx: QueryCtx, _args, gate: Gate) => {
    const caller = await admit(ctx, gate);
    return {
      ctx: { ...CLOSED, ...caller, db: readerFor(ctx.db, scopeOf(caller.member)) },
      args: {},
    };
  },
});

/** A mutation of a tenant; the same gate as `tenantQuery`. */
export const tenantMutation = customMutation(mutation, {
  args: {},
  input: async (ctx: MutationCtx, _args, gate: Gate) => {
    const caller = await admit(ctx, gate);
    return {
      ctx: { ...CLOSED, ...caller, db: writerFor(ctx.db, scopeOf(caller.member)) },
      args: {},
    };
  },
});

/** A query of anyone signed in, with or without a company. `own` is null without one. Throws UNAUTHENTICATED. */
export const signedInQuery = customQuery(query, {
  args: {},
  input: async (ctx: QueryCtx) => {
    const identity = await loadIdentity(ctx);
    const member = await findMember(ctx.db, identity.subject);
    const own = member && { member, db: readerFor(ctx.db, scopeOf(member)) };
    return { ctx: { ...CLOSED, db: undefined, identity, own }, args: {} };
  },
});

/** A mutation of anyone signed in: it may only hand on to internal functions. Throws UNAUTHENTICATED. */
export const signedInMutation = customMutation(mutation, {
  args: {},
  input: async (ctx: MutationCtx) => {
    const identity: UserIdentity = await loadIdentity(ctx);
    return {
      ctx: { ...CLOSED, db: undefined, identity, runMutation: ctx.runMutation },
      args: {},
    };
  },
});

/**
 * Background work and webhooks: internal, never reachable by a client. It sees platform
 * tables; a tenant's rows only through `forTenant(tenantId)`, one tenant at a time.
 */
export const systemMutation = customMutation(internalMutation, {
  args: {},
  input: async (ctx: MutationCtx) => ({ ctx: { ...CLOSED, ...systemCtx(ctx.db) }, args: {} }),
});

/** What the handler of a `systemMutation` gets. */
export type SystemCtx = ReturnType<typeof systemCtx>;

/** An HTTP route called from outside: it checks the request and hands on to internal functions. */
export function webhook(
  handler: (ctx: Pick<ActionCtx, "runMutation">, request: Request) => Promise<Response>,
) {
  return httpAction(({ runMutation }, request) => handler({ runMutation }, request));
}

async function admit(ctx: QueryCtx, { permission }: Gate) {
  const caller = await loadCaller(ctx);
  if (permission !== "member") requirePermission(caller, permission);
  return caller;
}

function scopeOf(member: Doc<"members">): TenantScope {
  return { tenantId: member.tenantId, memberId: member._id };
}

function readerFor(db: DatabaseReader, scope: TenantScope): ScopedReader {
  return scopedReader(tenantReader(db, scope), scope);
}

function writerFor(db: DatabaseWriter, scope: TenantScope): ScopedWriter {
  return scopedWriter(tenantWriter(db, scope), scope);
}

function systemCtx(db: DatabaseWriter) {
  return {
    db: undefined,
    platform: platformDb(db),
    forTenant: (tenantId: Id<"tenants">) => writerFor(db, { tenantId, memberId: null }),
    findMember: (clerkUserId: string) => findMember(db, clerkUserId),
  };
}
