import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import type { Doc, Id } from "../../../convex/_generated/dataModel.js";
import { type Backend, backend, clerkEvent, deliver } from "../../support/backend.ts";
import { staffOf } from "../../support/staff.ts";

/** The figures of all companies together, which follow each company's summary. */

const NOON = Date.parse("2026-11-23T12:00:00Z");
const DAY = 24 * 60 * 60_000;
const page = { paginationOpts: { numItems: 10, cursor: null } };

let t: Backend;
let support: Awaited<ReturnType<typeof staffOf>>;
beforeEach(async () => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date", "setTimeout"] });
  t = backend();
  support = await staffOf(t, "support");
});
afterEach(() => {
  vi.useRealTimers();
});

type Summary = Doc<"tenantSummaries">;

async function found(key: string, plan = "starter"): Promise<Id<"tenants">> {
  const unsafeMetadata = { companyName: `${key} Solar`, plan };
  const founder = { id: `user_${key}`, email: `admin@${key}.test`, unsafeMetadata };
  expect((await deliver(t, clerkEvent("user.created", founder))).status).toBe(200);
  const all = await t.run(({ db }) => db.query("tenants").collect());
  return all.at(-1)!._id;
}

/** Changes what is measured of a company, as the counts of its summary would. */
async function measure(tenant: Id<"tenants">, figures: Partial<Summary>): Promise<void> {
  await t.run(async ({ db }) => {
    const all = await db.query("tenantSummaries").collect();
    await db.patch("tenantSummaries", all.find((row) => row.tenant === tenant)!._id, figures);
    await db.insert("platformChanges", { tenant });
  });
}

const follow = () => t.mutation(internal.platformTotals.follow, {});
const totals = (today = "2026-11-23") => support.query(api.staff.overview.totals, { today });
const funnel = async (today?: string) =>
  Object.fromEntries((await totals(today)).funnel.map(({ step, count }) => [step, count]));

describe("the companies by plan and status", () => {
  it("follow a sign-up and a pause, and add up whatever is counted twice", async () => {
    await found("north", "pro");
    const south = await found("south");
    expect(await follow()).toBe(2);
    expect((await totals()).companies).toEqual([
      { plan: "pro", status: "active", count: 1 },
      { plan: "starter", status: "active", count: 1 },
    ]);
    const pause = { tenantId: south, staffName: "Sam", reason: "Stolen card" };
    await t.mutation(internal.tenantLifecycle.suspend, pause);
    await measure(south, {});
    await Promise.all([follow(), follow()]);
    expect(await follow()).toBe(0);
    expect((await totals()).companies).toEqual([
      { plan: "pro", status: "active", count: 1 },
      { plan: "starter", status: "suspended", count: 1 },
    ]);
  });

  it("are counted in batches, each change once", async () => {
    const north = await found("north");
    await found("south");
    await t.run(async ({ db }) => {
      for (let n = 0; n < 150; n += 1) await db.insert("platformChanges", { tenant: north });
    });
    expect(await follow()).toBe(100);
    vi.advanceTimersByTime(0);
    await t.finishInProgressScheduledFunctions();
    expect(await t.run(({ db }) => db.query("platformChanges").collect())).toEqual([]);
    expect((await totals()).companies).toEqual([{ plan: "starter", status: "active", count: 2 }]);
  });
});

describe("sign-ups and how far they come", () => {
  it("stand on their day, every day of the last thirty", async () => {
    await found("north");
    vi.setSystemTime(NOON + DAY);
    await found("south");
    await found("west");
    await follow();
    const { signUps } = await totals("2026-11-24");
    expect(signUps).toHaveLength(30);
    expect(signUps.slice(-3)).toEqual([
      { day: "2026-11-22", count: 0 },
      { day: "2026-11-23", count: 1 },
      { day: "2026-11-24", count: 2 },
    ]);
  });

  it("keep a step that was reached, and forget sign-ups after ninety days", async () => {
    const north = await found("north");
    await found("south");
    await follow();
    expect(await funnel()).toEqual({
      signUps: 2,
      firstProject: 0,
      secondMember: 0,
      tenProjects: 0,
    });
    await measure(north, { projects: 12, members: 2 });
    await follow();
    await measure(north, { projects: 3, members: 1 });
    await follow();
    expect(await funnel()).toEqual({
      signUps: 2,
      firstProject: 1,
      secondMember: 1,
      tenProjects: 1,
    });
    expect(await funnel("2027-02-20")).toMatchObject({ signUps: 2 });
    expect(await funnel("2027-02-21")).toMatchObject({ signUps: 0, firstProject: 0 });
  });
});

describe("revenue", () => {
  it("keeps what each month ended with, and a month without a change ends as the one before", async () => {
    const north = await found("north", "pro");
    await measure(north, { mrrCents: 9_900 });
    await follow();
    vi.setSystemTime(Date.parse("2027-02-03T00:00:00Z"));
    await measure(north, { mrrCents: 0 });
    await follow();
    const { mrrCents, revenue } = await totals("2027-02-03");
    expect(mrrCents).toBe(0);
    expect(revenue).toEqual([
      { month: "2026-11", mrrCents: 9_900 },
      { month: "2026-12", mrrCents: 9_900 },
      { month: "2027-01", mrrCents: 9_900 },
      { month: "2027-02", mrrCents: 0 },
    ]);
    expect((await totals("2028-06-01")).revenue).toHaveLength(12);
  });

  it("is nothing before the first company, and no day is refused", async () => {
    expect(await totals()).toMatchObject({ companies: [], mrrCents: 0, revenue: [] });
    for (const today of ["", "yesterday", "2026-13-99", "2026-11-23T00:00:00Z"]) {
      await expect(totals(today)).rejects.toThrow("INVALID");
    }
  });
});

describe("what needs a look", () => {
  it("are trials that end within a week, soonest first", async () => {
    const late = await found("late");
    const soon = await found("soon");
    const over = await found("over");
    const none = await found("none");
    await measure(late, { trialEndsAt: NOON + 6 * DAY });
    await measure(soon, { trialEndsAt: NOON + DAY });
    await measure(over, { trialEndsAt: NOON + 8 * DAY });
    await measure(none, { trialEndsAt: undefined });
    const args = { ...page, from: NOON };
    const { page: ending } = await support.query(api.staff.overview.trialsEnding, args);
    expect(ending.map(({ tenantId }) => tenantId)).toEqual([soon, late]);
  });

  it("are the costliest companies of the month, without the platform as a whole", async () => {
    const [north, south] = [await found("north"), await found("south")];
    await t.run(async ({ db }) => {
      const none = { bytesRead: 0, bytesWritten: 0, documentsRead: 0, documentsWritten: 0 };
      const use = { ...none, calls: 7, computeMs: 0, egressBytes: 0 };
      for (const [tenant, period, cost] of [
        [undefined, "2026-11", 9],
        [north, "2026-11", 2],
        [south, "2026-11", 3],
        [north, "2026-10", 100],
      ] as const) {
        const of = tenant
          ? { scope: "company" as const, tenant, name: tenant === north ? "North" : "South" }
          : { scope: "platform" as const, name: "" };
        await db.insert("tenantUsage", { ...use, ...of, period, cost });
      }
    });
    const rows = await support.query(api.staff.overview.costliest, { month: "2026-11" });
    expect(rows).toEqual([
      { tenantId: south, company: "South", cost: 3, calls: 7 },
      { tenantId: north, company: "North", cost: 2, calls: 7 },
    ]);
  });
});
