import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import type { Doc } from "../../../convex/_generated/dataModel.js";
import { type Backend, backend } from "../../support/backend.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const HOUR = 60 * 60_000;

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  vi.useFakeTimers({ now: NOON });
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south", "starter");
});
afterEach(() => {
  vi.useRealTimers();
});

async function summaryOf({ tenantId }: TestTenant): Promise<Doc<"tenantSummaries">> {
  return await t.run(async ({ db }) => {
    const rows = await db.query("tenantSummaries").collect();
    return rows.find(({ tenant }) => tenant === tenantId)!;
  });
}

const count = ({ tenantId }: TestTenant) =>
  t.mutation(internal.tenantSummaries.count, { tenantId });

async function scheduled(): Promise<void> {
  vi.advanceTimersByTime(1_000);
  await t.finishInProgressScheduledFunctions();
}

describe("the summary of a company", () => {
  it("is there from its first moment, with what its row in tenants says", async () => {
    expect(await summaryOf(south)).toMatchObject({
      tenant: south.tenantId,
      name: "south Solar",
      slug: "south-solar",
      plan: "starter",
      status: "active",
      administrators: ["admin@south.test"],
      withoutAdministrator: false,
      overridden: false,
    });
  });

  it("follows a new name, a pause and a plan in the same transaction, and no other company's does", async () => {
    const other = await summaryOf(south);
    const { revision, ...form } = await north.as.query(api.company.profile, {});
    const { changedByName: _by, changedAt: _at, logo: _logo, ...fields } = form;
    await north.as.mutation(api.company.saveProfile, { ...fields, revision, name: "Ünder Sun" });
    const pause = { tenantId: north.tenantId, staffName: "Sam", reason: "Stolen card" };
    await t.mutation(internal.tenantLifecycle.suspend, pause);
    const summary = await summaryOf(north);
    expect(summary).toMatchObject({
      name: "Ünder Sun",
      sortName: "ünder sun",
      status: "suspended",
    });
    expect(summary.searchText).toContain("Ünder Sun");
    expect(summary.searchText).toContain("admin@north.test");
    expect(await summaryOf(south)).toEqual(other);
  });

  it("counts people, projects, leads and bytes as the company's own pages do", async () => {
    await count(north);
    const used = await north.as.query(api.billing.usage, {});
    const summary = await summaryOf(north);
    expect(summary.usage).toEqual(used.map(({ metric, used }) => ({ metric, used })));
    expect(summary).toMatchObject({ members: 6, projects: 1, mrrCents: 0, overLimit: false });
    const leads = used.find(({ metric }) => metric === "leads")!;
    expect(summary.leadMonths).toEqual(leads.history);
  });

  it("says who is over a limit and how full the fullest is", async () => {
    await count(south);
    // Six people and an invitation, where Starter has one place.
    expect(await summaryOf(south)).toMatchObject({ overLimit: true, usagePercent: 700 });
    await count(north);
    expect(await summaryOf(north)).toMatchObject({ overLimit: false, usagePercent: 70 });
  });

  it("is made by the next count when it is missing, and is the same one after the count again", async () => {
    const { _id } = await summaryOf(north);
    await t.run(({ db }) => db.delete("tenantSummaries", _id));
    await count(north);
    const made = await summaryOf(north);
    expect(made).toMatchObject({ name: "north Solar", createdAt: NOON, members: 6 });
    await Promise.all([count(north), count(north)]);
    const rows = await t.run(({ db }) => db.query("tenantSummaries").collect());
    expect(rows).toHaveLength(2);
  });

  it("says what a company pays, and what is wrong with it", async () => {
    await t.run(async ({ db }) => {
      const accounts = await db.query("billingAccounts").collect();
      const { _id } = accounts.find(({ tenantId }) => tenantId === north.tenantId)!;
      const paid = { id: "sub_1", price: "price_1", plan: "pro" as const, currentPeriodEnd: NOON };
      await db.patch("billingAccounts", _id, {
        subscription: { ...paid, status: "active" },
        problem: "It pays for 2 subscriptions.",
      });
    });
    await count(north);
    expect(await summaryOf(north)).toMatchObject({
      mrrCents: 9_900,
      billingProblem: "It pays for 2 subscriptions.",
    });
  });
});

describe("the last activity of a company", () => {
  it("follows the first beat of each hour, without a write to its members' rows", async () => {
    const other = (await summaryOf(south)).lastActivityAt;
    vi.setSystemTime(NOON + 2 * HOUR);
    await north.asRole("Viewer").mutation(api.presence.beat, {});
    await scheduled();
    const first = (await summaryOf(north)).lastActivityAt;
    expect(first).toBeGreaterThanOrEqual(NOON + 2 * HOUR);

    vi.setSystemTime(NOON + 2.5 * HOUR);
    await north.asRole("Viewer").mutation(api.presence.beat, {});
    await scheduled();
    expect((await summaryOf(north)).lastActivityAt).toBe(first);

    vi.setSystemTime(NOON + 3 * HOUR);
    await north.asRole("Viewer").mutation(api.presence.beat, {});
    await scheduled();
    expect((await summaryOf(north)).lastActivityAt).toBeGreaterThan(first);
    expect((await summaryOf(south)).lastActivityAt).toBe(other);
  });

  it("brings the figures of a company's first minutes, and later of those after a count", async () => {
    vi.setSystemTime(NOON + 1_000);
    await north.asRole("Viewer").mutation(api.presence.beat, {});
    await scheduled();
    expect(await summaryOf(north)).toMatchObject({ projects: 1, members: 6 });
    await north.as.mutation(api.projects.create, { name: "Second", customerName: "Ann Lee" });
    vi.advanceTimersByTime(5 * 60_000);
    await t.finishInProgressScheduledFunctions();
    expect(await summaryOf(north)).toMatchObject({ projects: 2 });
    expect((await summaryOf(south)).projects).toBe(0);
  });

  it("is not moved by the nightly count", async () => {
    const { lastActivityAt, countedAt } = await summaryOf(north);
    vi.setSystemTime(NOON + 10 * HOUR);
    await t.mutation(internal.usageCheck.check, { tenantId: north.tenantId });
    await scheduled();
    expect(await summaryOf(north)).toMatchObject({ lastActivityAt });
    expect((await summaryOf(north)).countedAt).toBeGreaterThan(countedAt);
  });
});
