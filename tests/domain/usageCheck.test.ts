import { beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api.js";
import type { Doc } from "../../convex/_generated/dataModel.js";
import { GB, type UsageMetric } from "../../lib/usage.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  const overrides = [{ limit: "leadsPerMonth" as const, value: 50 }];
  for (const { tenantId } of [north, south]) {
    await t.run(({ db }) => db.patch("tenants", tenantId, { overrides }));
  }
});

async function counter({ tenantId }: TestTenant, metric: UsageMetric): Promise<Doc<"usage">> {
  const all = await t.run(({ db }) => db.query("usage").collect());
  return all.find((row) => row.tenantId === tenantId && row.metric === metric)!;
}

async function set(tenant: TestTenant, metric: UsageMetric, value: number): Promise<void> {
  const { _id } = await counter(tenant, metric);
  await t.run(({ db }) => db.patch("usage", _id, { value }));
}

const check = (tenant: TestTenant) =>
  t.mutation(internal.usageCheck.check, { tenantId: tenant.tenantId });

describe("the nightly recount", () => {
  it("finds nothing where the counters are right", async () => {
    expect(await check(north)).toEqual([]);
  });

  it.each([
    ["users", 1],
    ["users", 0],
    ["storageBytes", 3 * GB],
    ["leads", 49],
  ] as const)(
    "mends %s that stand at %i and says it, in that company alone",
    async (metric, wrong) => {
      const { value: actual } = await counter(north, metric);
      await set(north, metric, wrong);
      await set(south, metric, wrong);
      expect(await check(north)).toEqual([{ metric, counted: wrong, actual }]);
      expect((await counter(north, metric)).value).toBe(actual);
      expect((await counter(south, metric)).value).toBe(wrong);
      expect(vi.mocked(console.warn).mock.calls.flat().join()).toContain(
        `Usage of ${north.tenantId}: ${metric} was ${wrong} and is ${actual}.`,
      );
      expect(await check(north)).toEqual([]);
    },
  );

  it("counts a month's leads alone, in the month where the company is", async () => {
    // Ten minutes into December where the company is, and five hours later by UTC.
    vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2031, 10, 30, 12) });
    await north.as.mutation(api.leads.create, { name: "November" });
    vi.setSystemTime(Date.UTC(2031, 11, 1, 5, 10));
    await north.as.mutation(api.leads.create, { name: "December" });
    const all = await t.run(({ db }) => db.query("usage").collect());
    const december = all.find(({ period }) => period === "2031-12")!;
    expect(december.value).toBe(1);
    await t.run(({ db }) => db.patch("usage", december._id, { value: 7 }));
    expect(await check(north)).toEqual([{ metric: "leads", counted: 7, actual: 1 }]);
    vi.useRealTimers();
  });

  it("takes up every company, a batch a run", async () => {
    await set(north, "users", 0);
    await set(south, "users", 0);
    expect(await t.mutation(internal.usageCheck.run, { after: 0 })).toBe(2);
    await vi.waitFor(
      async () => {
        for (const tenant of [north, south]) {
          expect((await counter(tenant, "users")).value).toBeGreaterThan(0);
        }
      },
      { timeout: 15_000 },
    );
  });
});
