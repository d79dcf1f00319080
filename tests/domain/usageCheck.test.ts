import { beforeEach, describe, expect, it, vi } from "vitest";
import { internal } from "../../convex/_generated/api.js";
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
