import { beforeEach, describe, expect, it } from "vitest";
import { freeUsage, readUsage, takeUsage, tryTakeUsage } from "../../convex/model/usage.ts";
import { PLANS } from "../../lib/plans.ts";
import { GB, periodOf, type USAGE_METRICS } from "../../lib/usage.ts";
import { type Backend, backend } from "../support/backend.ts";
import { withTenant } from "../support/withTenant.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

// A month in which signUp() left nothing.
const MARCH = Date.UTC(2031, 2, 23);
const LEADS = PLANS.starter.limits.leadsPerMonth!;

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  t = backend();
  north = await signUp(t, "north", "starter");
  south = await signUp(t, "south", "starter");
});

const take = (tenant: TestTenant, metric: (typeof USAGE_METRICS)[number], n: number, at: number) =>
  withTenant(t, tenant, (ctx) => takeUsage(ctx, metric, n, at));
const used = async (tenant: TestTenant, metric: (typeof USAGE_METRICS)[number], at = MARCH) =>
  (await withTenant(t, tenant, (ctx) => readUsage(ctx, metric, at))).used;

describe("the counters behind the limits", () => {
  it("take up to the limit exactly, and say what is left", async () => {
    await take(north, "leads", LEADS - 3, MARCH);
    await expect(take(north, "leads", 4, MARCH)).rejects.toThrow(
      `Your plan takes ${LEADS} leads a month: 3 more fit, 4 do not.`,
    );
    await take(north, "leads", 3, MARCH);
    await expect(take(north, "leads", 1, MARCH)).rejects.toThrow("this month's are used up");
    expect(await used(north, "leads")).toBe(LEADS);
    expect(await used(south, "leads")).toBe(0);
  });

  it("let exactly one of a hundred at once have the last one", async () => {
    await take(north, "leads", LEADS - 1, MARCH);
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, () => take(north, "leads", 1, MARCH)),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await used(north, "leads")).toBe(LEADS);
  });

  it("begin anew with the month, and keep the old one", async () => {
    await take(north, "leads", LEADS, MARCH);
    const april = Date.UTC(2031, 3, 2);
    await take(north, "leads", 1, april);
    expect(await used(north, "leads", april)).toBe(1);
    expect(await used(north, "leads")).toBe(LEADS);
  });

  it("count in the month of the company's own time zone", async () => {
    expect(periodOf("leads", Date.UTC(2026, 11, 1, 4), "America/New_York")).toBe("2026-11");
    expect(periodOf("leads", Date.UTC(2026, 11, 1, 5), "America/New_York")).toBe("2026-12");
    expect(periodOf("leads", Date.UTC(2026, 10, 30, 12), "Pacific/Auckland")).toBe("2026-12");
  });

  it("follow an override at once, without a new month", async () => {
    await take(north, "leads", LEADS, MARCH);
    const overrides = [{ limit: "leadsPerMonth" as const, value: LEADS + 1 }];
    await t.run((ctx) => ctx.db.patch("tenants", north.tenantId, { overrides }));
    await take(north, "leads", 1, MARCH);
    await expect(take(north, "leads", 1, MARCH)).rejects.toThrow("LIMIT_REACHED");
  });

  it("never go below nothing when what stands is given back", async () => {
    await take(north, "storageBytes", 100, MARCH);
    await withTenant(t, north, ({ db }) => freeUsage(db, "storageBytes", GB));
    expect(await used(north, "storageBytes")).toBe(0);
  });

  it("can refuse without rolling back what else was done", async () => {
    const stored = await used(north, "storageBytes");
    const refused = await withTenant(t, north, async (ctx) => {
      await takeUsage(ctx, "leads", 1, MARCH);
      return await tryTakeUsage(ctx, "storageBytes", 2 * GB, MARCH);
    });
    expect(refused).toMatchObject({ code: "LIMIT_REACHED" });
    expect(refused!.message).toMatch(/room for 1 GB of files/);
    expect(await used(north, "storageBytes")).toBe(stored);
    expect(await used(north, "leads")).toBe(1);
  });
});
