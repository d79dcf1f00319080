import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api.js";
import type { Doc } from "../../convex/_generated/dataModel.js";
import { endPlanGrant, grantPlan } from "../../convex/model/planGrants.ts";
import { tenantPatch } from "../../convex/tenancy/ownTenant.ts";
import { tenantWriter } from "../../convex/tenancy/rules.ts";
import { tenantScheduler } from "../../convex/tenancy/scheduler.ts";
import { scopedWriter } from "../../convex/tenancy/scopedDb.ts";
import { DAY_MS } from "../../lib/days.ts";
import { planInForce } from "../../lib/entitlements.ts";
import type { PlanId } from "../../lib/plans.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

const NOW = new Date("2026-11-23T12:00:00Z").getTime();
const BY = {
  actor: { kind: "staff" as const, name: "Sam" },
  name: "Sam",
  reason: "Agreed with sales",
};

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  vi.useFakeTimers({ now: NOW });
  t = backend();
  north = await signUp(t, "north", "starter");
  south = await signUp(t, "south", "pro");
});
afterEach(() => {
  vi.useRealTimers();
});

async function tenantOf({ tenantId }: TestTenant): Promise<Doc<"tenants">> {
  return await t.run(async ({ db }) => (await db.get("tenants", tenantId))!);
}

/** What a step of staff's would find of the company. */
async function inTenant<Result>(
  { tenantId }: TestTenant,
  run: (ctx: Parameters<typeof grantPlan>[0]) => Promise<Result>,
): Promise<Result> {
  return await t.run(async ({ db, scheduler }) => {
    const scope = { tenantId, memberId: null };
    return await run({
      db: scopedWriter(tenantWriter(db, scope), scope),
      tenant: (await db.get("tenants", tenantId))!,
      patchTenant: tenantPatch(db, tenantId),
      schedule: tenantScheduler(scheduler, tenantId),
    });
  });
}

const give = (tenant: TestTenant, plan: PlanId, expiresAt?: number) =>
  inTenant(tenant, (ctx) => grantPlan(ctx, { plan, expiresAt }, BY, Date.now()));
const takeBack = (tenant: TestTenant) => inTenant(tenant, (ctx) => endPlanGrant(ctx, BY));

/** Writes what a read of Stripe found: a subscription to pro, or none. */
async function readStripe({ tenantId }: TestTenant, key: string, read: number, pays: boolean) {
  await t.mutation(internal.billing.sync.apply, {
    tenantId,
    read,
    snapshot: {
      ...{ customer: `cus_${key}`, deleted: false, surplus: 0, invoices: [] },
      subscription: pays
        ? {
            ...{ id: "sub_1", status: "active" as const, price: "price_1", plan: "pro" as const },
            currentPeriodEnd: NOW + 30 * DAY_MS,
          }
        : null,
    },
  });
}

describe("a plan that staff give", () => {
  it("is in force at once, for that company alone, and stands in its audit trail with the reason", async () => {
    const before = await tenantOf(south);
    await give(north, "enterprise");
    const me = await north.asRole("Viewer").query(api.members.me, {});
    expect(me.tenant.plan).toBe("enterprise");
    expect(me.entitlements.limits.users).toBeNull();
    expect(await tenantOf(south)).toEqual(before);
    const lines = await t.run(({ db }) => db.query("auditLog").collect());
    const line = lines.find(({ action }) => action === "company.planChanged");
    expect(line).toMatchObject({
      tenantId: north.tenantId,
      actor: { kind: "staff", name: "Sam" },
      reason: "Agreed with sales",
      changes: [{ field: "plan", before: "Starter", after: "Enterprise" }],
    });
  });

  it("survives what is read of Stripe, with and without a subscription", async () => {
    await give(north, "enterprise");
    await readStripe(north, "north", 1, false);
    expect((await tenantOf(north)).plan).toBe("enterprise");
    await readStripe(north, "north", 2, true);
    expect((await tenantOf(north)).plan).toBe("enterprise");
  });

  it("taken back leaves the plan that is paid for, or starter", async () => {
    await give(north, "enterprise");
    await readStripe(north, "north", 1, true);
    await takeBack(north);
    expect(await tenantOf(north)).toMatchObject({ plan: "pro" });
    await give(north, "enterprise");
    await readStripe(north, "north", 2, false);
    await takeBack(north);
    const { plan, planGrant } = await tenantOf(north);
    expect({ plan, planGrant }).toEqual({ plan: "starter", planGrant: undefined });
  });

  it("ends by itself at its moment; the job of one that was changed finds nothing to do", async () => {
    await give(north, "pro", NOW + 10 * DAY_MS);
    await give(north, "pro", NOW + 20 * DAY_MS);
    vi.advanceTimersByTime(15 * DAY_MS);
    await t.finishInProgressScheduledFunctions();
    expect((await tenantOf(north)).plan).toBe("pro");
    vi.advanceTimersByTime(6 * DAY_MS);
    await t.finishInProgressScheduledFunctions();
    const { plan, planGrant } = await tenantOf(north);
    expect({ plan, planGrant }).toEqual({ plan: "starter", planGrant: undefined });
  });

  it("is over before its time neither by a job that comes early nor by one that comes twice", async () => {
    const expiresAt = NOW + 10 * DAY_MS;
    await give(north, "pro", expiresAt);
    const job = () =>
      t.mutation(internal.tenantLifecycle.advancePlanGrant, {
        tenantId: north.tenantId,
        expiresAt,
      });
    await job();
    expect((await tenantOf(north)).plan).toBe("pro");
    vi.advanceTimersByTime(11 * DAY_MS);
    await Promise.all([job(), job()]);
    const lines = await t.run(({ db }) => db.query("auditLog").collect());
    expect(lines.filter(({ action }) => action === "company.planChanged")).toHaveLength(2);
  });

  it("ends a trial, which does not come back", async () => {
    await give(south, "enterprise");
    const { trialEndsAt, trialUsed } = await tenantOf(south);
    expect({ trialEndsAt, trialUsed }).toEqual({ trialEndsAt: undefined, trialUsed: true });
    const extend = { staffName: "Sam", reason: "More", trialEndsAt: NOW + 30 * DAY_MS };
    await expect(
      t.mutation(internal.tenantLifecycle.extendTrial, { tenantId: south.tenantId, ...extend }),
    ).rejects.toThrow("CONFLICT");
    expect((await tenantOf(south)).plan).toBe("enterprise");
  });

  it.each([NOW, NOW - 1, NOW + 20 * 365 * DAY_MS, Number.NaN])(
    "is refused when it is to end at %d, and changes nothing",
    async (expiresAt) => {
      const before = await tenantOf(north);
      await expect(give(north, "pro", expiresAt)).rejects.toThrow(/"field":"expiresAt"/);
      expect(await tenantOf(north)).toEqual(before);
    },
  );
});

describe("the plan in force", () => {
  const grant = { plan: "starter" as const, reason: "", by: "", at: 0 };
  it.each([
    ["given", { plan: "pro", planGrant: grant }, { plan: "pro" }, "starter"],
    ["paid for", { plan: "starter" }, { plan: "pro" }, "pro"],
    ["kept when the price is unknown", { plan: "pro" }, { plan: null }, "pro"],
    ["tried", { plan: "pro", trialEndsAt: 1 }, null, "pro"],
    ["free", { plan: "pro" }, null, "starter"],
  ] as const)("is what is %s", (_what, tenant, paid, plan) => {
    expect(planInForce(tenant, paid)).toBe(plan);
  });
});
