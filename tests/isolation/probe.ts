import { makeFunctionReference, type FunctionReference } from "convex/server";
import { v } from "convex/values";
import type { Id } from "../../convex/_generated/dataModel.js";
import {
  archiveAction,
  assistedMutation,
  backgroundMutation,
  backgroundQuery,
  guestQuery,
  memberQuery,
  personalQuery,
  signedInMutation,
  signedInQuery,
  staffMutation,
  staffQuery,
  systemAction,
  systemMutation,
  systemQuery,
  tenantMutation,
  tenantQuery,
} from "../../convex/tenancy/functions.ts";

/**
 * Functions that do whatever they are told: what a careless function of ours could try
 * behind each builder. Tests mount them beside convex/ as the module `probe`.
 */
export const PROBE = { "../../convex/probe.ts": () => import("./probe.ts") };

type Row = "projects";
const row = { table: v.string(), id: v.string() };

export const get = backgroundQuery({
  args: row,
  returns: v.any(),
  handler: async ({ db }, { table, id }) => await db.get(table as Row, id as Id<Row>),
});

export const list = backgroundQuery({
  args: { table: v.string(), index: v.string() },
  returns: v.any(),
  handler: async ({ db }, { table, index }) =>
    await db
      .query(table as Row)
      .withIndex(index as "by_tenant_number")
      .collect(),
});

export const change = backgroundMutation({
  args: { ...row, operation: v.string(), value: v.any() },
  returns: v.any(),
  handler: async ({ db }, { table: name, id: text, operation, value }) => {
    const table = name as Row;
    const id = text as Id<Row>;
    if (operation === "insert") return await db.insert(table, value as never);
    if (operation === "patch") return await db.patch(table, id, value as never);
    if (operation === "replace") return await db.replace(table, id, value as never);
    return await db.delete(table, id);
  },
});

export const renameTenant = backgroundMutation({
  args: { name: v.string() },
  returns: v.any(),
  handler: async ({ patchTenant }, { name }) => await patchTenant({ name }),
});

/** Work for later, with any arguments; the types alone would already refuse another tenant's. */
type Job = FunctionReference<"mutation", "internal", { tenantId: Id<"tenants"> }>;
const job = makeFunctionReference<"mutation">("probe:change") as unknown as Job;
const order = { args: v.any(), at: v.optional(v.number()), thenFail: v.optional(v.boolean()) };
type Order = { args: unknown; at?: number; thenFail?: boolean };
type Schedule = {
  after(delayMs: number, reference: Job, args: never): Promise<unknown>;
  at(time: number, reference: Job, args: never): Promise<unknown>;
};

async function place(schedule: Schedule, { args, at, thenFail }: Order) {
  if (at === undefined) await schedule.after(60_000, job, args as never);
  else await schedule.at(at, job, args as never);
  if (thenFail) throw new Error("after scheduling");
  return null;
}

export const scheduleAsMember = tenantMutation({
  permission: "member",
  args: order,
  returns: v.any(),
  handler: async ({ schedule }, wish) => await place(schedule, wish),
});

export const scheduleInBackground = backgroundMutation({
  args: order,
  returns: v.any(),
  handler: async ({ schedule }, wish) => await place(schedule, wish),
});

export const scheduleInOpenedTenant = systemMutation({
  args: { ...order, opened: v.id("tenants") },
  returns: v.any(),
  handler: async ({ forTenant }, { opened, ...wish }) =>
    await place(forTenant(opened).schedule, wish),
});

export const scheduleAsPlatform = systemMutation({
  args: order,
  returns: v.any(),
  handler: async ({ schedule }, wish) => await place(schedule, wish),
});

/** What each builder leaves of the context. */
const contents = { args: {}, returns: v.array(v.string()), handler: named };

async function named(ctx: object): Promise<string[]> {
  const present = Object.entries(ctx).filter(([, value]) => value !== undefined);
  return present.map(([name]) => name).sort();
}

export const ofTenantQuery = tenantQuery({ permission: "member", ...contents });
export const ofTenantMutation = tenantMutation({ permission: "member", ...contents });
export const ofPersonalQuery = personalQuery({ permission: "member", ...contents });
export const ofAssistedMutation = assistedMutation({ permission: "member", ...contents });
export const ofMemberQuery = memberQuery(contents);
export const ofSignedInQuery = signedInQuery(contents);
export const ofSignedInMutation = signedInMutation(contents);
export const ofGuestQuery = guestQuery(contents);
export const ofStaffQuery = staffQuery({ level: "support", ...contents });
export const ofStaffMutation = staffMutation({ level: "support", ...contents });
export const ofBackgroundQuery = backgroundQuery(contents);
export const ofBackgroundMutation = backgroundMutation(contents);
export const ofArchiveAction = archiveAction(contents);
export const ofSystemQuery = systemQuery(contents);
export const ofSystemMutation = systemMutation(contents);
export const ofSystemAction = systemAction(contents);
