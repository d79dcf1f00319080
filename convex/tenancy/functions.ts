import type { UserIdentity } from "convex/server";
import { customAction, customMutation, customQuery } from "convex-helpers/server/customFunctions";
import { v } from "convex/values";
import { normalizeEmail } from "../../lib/email";
import { sunupError } from "../../lib/errors";
import type { Feature } from "../../lib/plans";
import type { Permission } from "../../lib/roles";
import type { StaffLevel } from "../../lib/staff";
import type { Doc, Id } from "../_generated/dataModel";
import {
  type ActionCtx,
  type DatabaseReader,
  type DatabaseWriter,
  httpAction,
  internalAction,
  internalMutation,
  internalQuery,
  mutation,
  type MutationCtx,
  query,
  type QueryCtx,
} from "../_generated/server";
import { archiveBytes } from "./archive/bytes";
import { tenantRestoring } from "./archive/restoring";
import { tenantSegments } from "./archive/segments";
import { callLog } from "./callLog";
import { dueWork } from "./dueWork";
import { failuresOf } from "./failures";
import { memberFiles, tenantFiles } from "./files";
import { fileSweep } from "./fileSweep";
import { eraserOf } from "./erasure/eraser";
import { customersAfter, tenantOfCustomer } from "./billingAccounts";
import { findInvitation } from "./invitation";
import { findLeadForm } from "./leadForm";
import {
  type Admitted,
  type Caller,
  findMember,
  loadAdmitted,
  loadCaller,
  loadIdentity,
  requireFeature,
  requirePermission,
  requireWritable,
} from "./member";
import { type AuditActor, actorOf } from "../model/audit";
import { staffActor } from "../model/staffAudit";
import { recordHelp } from "../model/staffHelp";
import { journaled } from "./journal";
import { companiesOf } from "./memberCompanies";
import { removeOldAuditLines } from "./oldAuditLines";
import { oldNotifications } from "./oldNotifications";
import { overdueEmails } from "./overdueEmails";
import { ownTenantPatch, tenantPatch } from "./ownTenant";
import { findPlacement } from "./placement";
import { takeRate } from "./rateLimit";
import { reportingFailures } from "./refusals";
import {
  platformReader,
  platformWriter,
  tenantReader,
  type TenantScope,
  tenantWriter,
} from "./rules";
import { systemScheduler, tenantScheduler } from "./scheduler";
import { scopedReader, type ScopedReader, scopedWriter, type ScopedWriter } from "./scopedDb";
import { admitStaff, findStaff } from "./staff";
import { liveEntryOf, requireHelping } from "./visit";

/**
 * The builders of every function of Sunup; nothing else may use Convex's own.
 *
 * | builder            | who may call it            | what its handler gets              |
 * |--------------------|----------------------------|------------------------------------|
 * | tenantQuery        | a member with `permission`, or staff in an entry | who calls, tenant, db of that tenant |
 * | personalQuery      | a member with `permission` | member, tenant, db of that tenant  |
 * | tenantMutation     | a member with `permission` | the same, writable, `files` and `schedule` |
 * | assistedMutation   | a member with `permission`, or staff in an entry to help | who calls, tenant, db, `schedule` |
 * | memberQuery        | only our own functions, for the member behind the token | the same as tenantQuery, and files' addresses |
 * | signedInQuery      | anyone signed in           | identity, own membership if any    |
 * | signedInMutation   | anyone signed in           | identity, and internal functions   |
 * | guestQuery         | anyone, signed in or not   | the one invitation or lead form whose key they hold |
 * | staffQuery         | Sunup's staff of `level`   | staff, platform tables             |
 * | staffMutation      | Sunup's staff of `level`   | the same, writable, one named tenant at a time |
 * | backgroundQuery    | only our own functions     | one tenant, its db; takes its `tenantId` |
 * | backgroundMutation | only our own functions     | the same, writable, `files` and `schedule` |
 * | archiveAction      | only our own functions     | stored bytes of one tenant, and internal functions |
 * | systemQuery        | only our own functions     | platform tables                    |
 * | systemMutation     | only our own functions     | platform tables, one tenant at a time |
 * | systemAction       | only our own functions     | the network, and internal functions |
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

/**
 * `"member"` lets in whoever is let into the company, whatever the roles; `feature` asks the
 * company's plan as well. Limits are asked where what they count is made (model/usage.ts).
 */
type Gate = { permission: Permission | "member"; feature?: Feature };

/** `cost` is how many ordinary changes this one weighs against the rate limits; 1 unless it says more. */
type MutationGate = Gate & { cost?: number };

/**
 * A query of a tenant. Runs in this order: token, member or entry, tenant open, permission,
 * feature, handler. Staff who entered the company may call it, so no member is at hand.
 * Throws UNAUTHENTICATED, NO_TENANT, MEMBER_DEACTIVATED, TENANT_SUSPENDED, TENANT_CLOSED,
 * FORBIDDEN, FEATURE_NOT_IN_PLAN.
 */
export const tenantQuery = customQuery(reportingFailures(query), {
  args: {},
  input: async (ctx: QueryCtx, _args, gate: Gate) => {
    const admitted = await loadAdmitted(ctx);
    requireGate(admitted, gate);
    const db = readerFor(ctx.db, scopeOf(admitted));
    return {
      ctx: { ...CLOSED, ...admitted, actor: actorIn(admitted), db },
      args: {},
      onSuccess: callLogOf(scopeOf(admitted)),
    };
  },
});

/** A query of what is a member's own; the same gate, and closed to staff: they have nothing here. */
export const personalQuery = customQuery(reportingFailures(query), {
  args: {},
  input: async (ctx: QueryCtx, _args, gate: Gate) => {
    const caller = await loadCaller(ctx);
    requireGate(caller, gate);
    const scope = scopeOfMember(caller.member);
    return {
      ctx: { ...CLOSED, ...caller, db: readerFor(ctx.db, scope) },
      args: {},
      onSuccess: callLogOf(scope),
    };
  },
});

/**
 * A mutation of a tenant's members; the same gate as `tenantQuery`, and closed to staff. Then
 * whether anything may be changed at the moment, and the rate limits: it also throws READ_ONLY and
 * RATE_LIMITED.
 */
export const tenantMutation = customMutation(reportingFailures(mutation), {
  args: {},
  input: async (ctx: MutationCtx, _args, { cost, ...gate }: MutationGate) => {
    const caller = await loadCaller(ctx);
    requireGate(caller, gate);
    requireWritable(caller);
    await takeRate(ctx.db, caller, cost, Date.now());
    return {
      ctx: { ...CLOSED, ...memberCtx(ctx, caller) },
      args: {},
      onSuccess: callLogOf(scopeOfMember(caller.member)),
    };
  },
});

/**
 * A mutation of a tenant with which Sunup's staff may help, once they entered the company to do
 * so. What it writes names its author by `actor`, and no member is at hand. All that staff change
 * is told in the platform's trail and in the company's. The same gate as `tenantQuery`, then
 * whether anything may be changed; members meet the rate limits: it also throws READ_ONLY and
 * RATE_LIMITED.
 */
export const assistedMutation = customMutation(reportingFailures(mutation), {
  args: {},
  input: async (ctx: MutationCtx, _args, { cost, ...gate }: MutationGate) => {
    const admitted = await loadAdmitted(ctx);
    const { who } = admitted;
    const log = callLogOf(scopeOf(admitted));
    if (who.kind === "member") {
      requireGate(admitted, gate);
      requireWritable(admitted);
      await takeRate(ctx.db, { member: who.member, tenant: admitted.tenant }, cost, Date.now());
      return { ctx: { ...CLOSED, ...assistedCtx(ctx, admitted) }, args: {}, onSuccess: log };
    }
    requireHelping(who);
    requireGate(admitted, gate);
    requireWritable(admitted);
    const open = assistedCtx(ctx, admitted);
    const journal = journaled(open.db);
    return {
      ctx: { ...CLOSED, ...open, db: journal.db },
      args: {},
      onSuccess: async (done: Parameters<typeof log>[0]) => {
        await recordHelp(platformWriter(ctx.db), open, who, journal.read());
        await log(done);
      },
    };
  },
});

/**
 * What an HTTP route of ours reads for whoever the request's token lets in: internal, the
 * same gate as a query of any member. It may look up the address of a file's bytes, which
 * opens to whoever has it and so must never go into an answer to a client.
 */
export const memberQuery = customQuery(internalQuery, {
  args: {},
  input: async (ctx: QueryCtx) => {
    const admitted = await loadAdmitted(ctx);
    const db = readerFor(ctx.db, scopeOf(admitted));
    return {
      ctx: { ...CLOSED, ...admitted, db, fileUrl: fileUrlOf(ctx) },
      args: {},
      onSuccess: callLogOf(scopeOf(admitted)),
    };
  },
});

/** A query of anyone signed in, with or without a company. `own` is null without one. Throws UNAUTHENTICATED. */
export const signedInQuery = customQuery(query, {
  args: {},
  input: async (ctx: QueryCtx) => {
    const identity = await loadIdentity(ctx);
    const member = await findMember(ctx.db, identity.subject);
    const tenant = member && (await ctx.db.get("tenants", member.tenantId));
    const own = tenant && { member, tenant, db: readerFor(ctx.db, scopeOfMember(member)) };
    const isStaff = async () => (await findStaff(ctx.db, identity.subject)) !== null;
    const email = identity.emailVerified === true ? identity.email : undefined;
    const person = { clerkUserId: identity.subject, email: email && normalizeEmail(email) };
    const placement = () => findPlacement(platformReader(ctx.db), person);
    return {
      ctx: { ...CLOSED, db: undefined, identity, own, isStaff, placement },
      args: {},
      ...(own && { onSuccess: callLogOf(scopeOfMember(own.member)) }),
    };
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
 * A query of anyone, signed in or not. It opens the company of an invitation for whoever
 * holds the invitation's id, says whose a lead form is to whoever holds its token, and
 * nothing else.
 */
export const guestQuery = customQuery(query, {
  args: {},
  input: async (ctx: QueryCtx) => ({
    ctx: {
      ...CLOSED,
      db: undefined,
      openInvitation: async (invitationId: string) => {
        const invitation = await findInvitation(ctx.db, invitationId);
        if (invitation === null) return null;
        const tenant = await ctx.db.get("tenants", invitation.tenantId);
        return tenant && { invitation, tenant, db: readerFor(ctx.db, nobodyOf(tenant._id)) };
      },
      openLeadForm: async (token: string) => {
        const campaign = await findLeadForm(ctx.db, token);
        if (campaign === null) return null;
        const tenant = await ctx.db.get("tenants", campaign.tenantId);
        return tenant && { campaign, tenant };
      },
    },
    args: {},
  }),
});

/**
 * A query of Sunup's staff: it sees platform tables, and no tenant's rows. To everybody else,
 * staff of too low a level among them, it does not exist. Throws UNAUTHENTICATED, NOT_FOUND.
 */
export const staffQuery = customQuery(query, {
  args: {},
  input: async (ctx: QueryCtx, _args, { level }: { level: StaffLevel }) => {
    const staff = await admitStaff(ctx, level);
    return {
      ctx: {
        ...CLOSED,
        db: undefined,
        staff,
        platform: platformReader(ctx.db),
        companiesOf: (person: Parameters<typeof companiesOf>[1]) => companiesOf(ctx.db, person),
        tenantX: (tenantId: Id<"tenants">) => tenantX(ctx.db, tenantId),
        liveEntry: () => liveEntryOf(ctx.db, staff._id),
        failures: failuresOf(ctx.db),
      },
      args: {},
    };
  },
});

/**
 * A mutation of Sunup's staff; the same gate as `staffQuery`. What is done to a company goes
 * through `forTenant(tenantId)`, and leaves a line in the platform's trail and in the company's.
 */
export const staffMutation = customMutation(mutation, {
  args: {},
  input: async (ctx: MutationCtx, _args, { level }: { level: StaffLevel }) => {
    const staff = await admitStaff(ctx, level);
    return { ctx: { ...CLOSED, ...staffCtx(ctx, staff) }, args: {} };
  },
});

const TENANT_ARGUMENT = { tenantId: v.id("tenants") };

/**
 * Reads of one tenant by our own functions, which name it: internal, never reachable by a
 * client. Throws NOT_FOUND when there is no such tenant.
 */
export const backgroundQuery = customQuery(internalQuery, {
  args: TENANT_ARGUMENT,
  input: async (ctx: QueryCtx, { tenantId }) => {
    const tenant = await tenantX(ctx.db, tenantId);
    return {
      ctx: { ...CLOSED, tenant, db: readerFor(ctx.db, nobodyOf(tenantId)) },
      args: {},
      onSuccess: callLog(tenantId, null),
    };
  },
});

/** Background work in one tenant: scheduled, from a cron or an action. Throws NOT_FOUND. */
export const backgroundMutation = customMutation(internalMutation, {
  args: TENANT_ARGUMENT,
  input: async (ctx: MutationCtx, { tenantId }) => {
    const tenant = await tenantX(ctx.db, tenantId);
    return {
      ctx: { ...CLOSED, tenant, ...backgroundCtx(ctx, tenantId) },
      args: {},
      onSuccess: callLog(tenantId, null),
    };
  },
});

/**
 * Work with the stored bytes of one tenant, which are too many for a transaction: internal. Like a
 * `systemAction` it reads and writes rows only through internal functions.
 */
export const archiveAction = customAction(internalAction, {
  args: TENANT_ARGUMENT,
  input: async (ctx: ActionCtx, { tenantId }) => {
    const { runQuery, runMutation } = ctx;
    const open = { tenantId, bytes: archiveBytes(ctx, tenantId), runQuery, runMutation };
    return { ctx: { ...CLOSED, runAction: undefined, vectorSearch: undefined, ...open }, args: {} };
  },
});

/** Reads of platform tables by our own functions. */
export const systemQuery = customQuery(internalQuery, {
  args: {},
  input: async (ctx: QueryCtx) => ({ ctx: { ...CLOSED, ...systemReadCtx(ctx) }, args: {} }),
});

/**
 * Platform work and webhooks: internal, never reachable by a client. It sees platform
 * tables; a tenant's rows only through `forTenant(tenantId)`, one tenant at a time.
 */
export const systemMutation = customMutation(internalMutation, {
  args: {},
  input: async (ctx: MutationCtx) => ({ ctx: { ...CLOSED, ...systemCtx(ctx) }, args: {} }),
});

/**
 * Work with the outside world (mail, Clerk, Stripe): internal. It reads and writes only
 * through internal functions, each a transaction of its own. Convex runs an action at
 * most once, so whoever schedules one also schedules what happens if it never answers.
 */
export const systemAction = customAction(internalAction, {
  args: {},
  input: async ({ runQuery, runMutation }: ActionCtx) => ({
    ctx: { ...CLOSED, runQuery, runMutation, runAction: undefined, vectorSearch: undefined },
    args: {},
  }),
});

/** What the handler of an `assistedMutation` gets: no member, since staff may call it. */
export type AssistedCtx = ReturnType<typeof assistedCtx>;

/** What the handler of a `tenantMutation` gets. */
export type MemberCtx = ReturnType<typeof memberCtx>;

/** What the handler of a `staffMutation` gets. */
export type StaffCtx = ReturnType<typeof staffCtx>;

/** What the handler of a `systemQuery` gets. */
export type SystemReadCtx = ReturnType<typeof systemReadCtx>;

/** What the handler of a `systemMutation` gets. */
export type SystemCtx = ReturnType<typeof systemCtx>;

/** What a rule of `convex/model` needs to change one tenant's rows, whoever causes it. */
export type TenantWriteCtx = Pick<ReturnType<SystemCtx["forTenant"]>, "db" | "schedule">;

/** The same, with the tenant's stored files. */
export type TenantFilesCtx = Pick<ReturnType<SystemCtx["forTenant"]>, "db" | "files">;

/** What the handler of a `webhook` gets. */
export type WebhookCtx = Pick<ActionCtx, "runQuery" | "runMutation" | "meta">;

/** What the handler of a `systemAction` can do for others: internal functions, each a transaction of its own. */
export type SystemActionCtx = Pick<ActionCtx, "runQuery" | "runMutation">;

/** An HTTP route called from outside: it checks the request and hands on to internal functions. */
export function webhook(handler: (ctx: WebhookCtx, request: Request) => Promise<Response>) {
  return httpAction(({ runQuery, runMutation, meta }, request) =>
    handler({ runQuery, runMutation, meta }, request),
  );
}

function requireGate(
  caller: Pick<Caller, "tenant" | "permissions">,
  { permission, feature }: Gate,
): void {
  if (permission !== "member") requirePermission(caller, permission);
  if (feature !== undefined) requireFeature(caller, feature, Date.now());
}

function callLogOf({ tenantId, memberId }: TenantScope) {
  return callLog(tenantId, memberId);
}

function scopeOfMember(member: Doc<"members">): TenantScope {
  return { tenantId: member.tenantId, memberId: member._id };
}

function scopeOf({ who, tenant }: Admitted): TenantScope {
  if (who.kind === "member") return scopeOfMember(who.member);
  return { tenantId: tenant._id, memberId: null, staffId: who.staff._id };
}

/** Whoever calls, as the company's timelines name them. */
function actorIn({ who }: Admitted): AuditActor {
  return who.kind === "member" ? actorOf(who.member) : staffActor(who.staff);
}

/** Background work of a tenant: nobody's own doing. */
function nobodyOf(tenantId: Id<"tenants">): TenantScope {
  return { tenantId, memberId: null };
}

/** Where the bytes of one of the tenant's own files are. Throws NOT_FOUND when they are gone. */
function fileUrlOf({ storage }: QueryCtx) {
  return async ({ storageId }: Pick<Doc<"files">, "storageId">): Promise<string> => {
    const url = await storage.getUrl(storageId);
    if (url === null) throw sunupError("NOT_FOUND");
    return url;
  };
}

async function tenantX(db: DatabaseReader, tenantId: Id<"tenants">): Promise<Doc<"tenants">> {
  const tenant = await db.get("tenants", tenantId);
  if (tenant === null) throw sunupError("NOT_FOUND");
  // One that is being erased is gone already, whatever is left of it.
  if (tenant.erasingSince !== undefined) throw sunupError("NOT_FOUND");
  return tenant;
}

function readerFor(db: DatabaseReader, scope: TenantScope): ScopedReader {
  return scopedReader(tenantReader(db, scope), scope);
}

function writerFor(db: DatabaseWriter, scope: TenantScope): ScopedWriter {
  return scopedWriter(tenantWriter(db, scope), scope);
}

function memberCtx(ctx: MutationCtx, caller: Caller) {
  const { tenantId } = caller.member;
  const schedule = tenantScheduler(ctx.scheduler, tenantId);
  return {
    ...caller,
    actor: actorOf(caller.member),
    db: writerFor(ctx.db, scopeOfMember(caller.member)),
    files: memberFiles(ctx, caller, schedule),
    patchTenant: ownTenantPatch(ctx.db, tenantId),
    schedule,
  };
}

function assistedCtx(ctx: MutationCtx, admitted: Admitted) {
  const { tenant, permissions } = admitted;
  return {
    tenant,
    permissions,
    actor: actorIn(admitted),
    db: writerFor(ctx.db, scopeOf(admitted)),
    patchTenant: ownTenantPatch(ctx.db, tenant._id),
    schedule: tenantScheduler(ctx.scheduler, tenant._id),
  };
}

function backgroundCtx(
  { db, scheduler, storage }: Pick<MutationCtx, "db" | "scheduler" | "storage">,
  tenantId: Id<"tenants">,
) {
  return {
    db: writerFor(db, nobodyOf(tenantId)),
    files: tenantFiles({ db, storage }, nobodyOf(tenantId)),
    segments: tenantSegments({ db, storage }, nobodyOf(tenantId)),
    restoring: tenantRestoring(db, nobodyOf(tenantId)),
    patchTenant: tenantPatch(db, tenantId),
    schedule: tenantScheduler(scheduler, tenantId),
  };
}

function staffCtx(ctx: MutationCtx, staff: Doc<"staff">) {
  return {
    db: undefined,
    staff,
    platform: platformWriter(ctx.db),
    tenantX: (tenantId: Id<"tenants">) => tenantX(ctx.db, tenantId),
    failures: failuresOf(ctx.db),
    forTenant: (tenantId: Id<"tenants">) => backgroundCtx(ctx, tenantId),
    findMember: (clerkUserId: string) => findMember(ctx.db, clerkUserId),
    liveEntry: () => liveEntryOf(ctx.db, staff._id),
    liveEntryOf: (staffId: Id<"staff">) => liveEntryOf(ctx.db, staffId),
    schedule: systemScheduler(ctx.scheduler),
  };
}

function systemReadCtx({ db }: QueryCtx) {
  return {
    db: undefined,
    platform: platformReader(db),
    tenantOfCustomer: (customer: string) => tenantOfCustomer(db, customer),
  };
}

function systemCtx(ctx: MutationCtx) {
  const { db, scheduler, storage } = ctx;
  return {
    db: undefined,
    platform: platformWriter(db),
    forTenant: (tenantId: Id<"tenants">) => backgroundCtx({ db, scheduler, storage }, tenantId),
    findMember: (clerkUserId: string) => findMember(db, clerkUserId),
    companiesOf: (person: Parameters<typeof companiesOf>[1]) => companiesOf(db, person),
    findStaff: (clerkUserId: string) => findStaff(db, clerkUserId),
    liveEntryOf: (staffId: Id<"staff">) => liveEntryOf(db, staffId),
    sweepFiles: fileSweep({ db, storage }),
    dueWork: (before: number, limit: number) => dueWork(db, before, limit),
    overdueEmails: (before: number, limit: number) => overdueEmails(db, before, limit),
    oldNotifications: (before: number, limit: number) => oldNotifications(db, before, limit),
    removeOldAuditLines: (before: number, limit: number) => removeOldAuditLines(db, before, limit),
    findInvitation: (invitationId: string) => findInvitation(db, invitationId),
    tenantOfCustomer: (customer: string) => tenantOfCustomer(db, customer),
    customersAfter: (after: string, limit: number) => customersAfter(db, after, limit),
    findLeadForm: (token: string) => findLeadForm(db, token),
    eraser: eraserOf(ctx),
    schedule: systemScheduler(scheduler),
  };
}
