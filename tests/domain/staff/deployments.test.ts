import { beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import { shardReasons } from "../../../lib/shardAdvice.ts";
import { type Backend, backend } from "../../support/backend.ts";
import { staffOf } from "../../support/staff.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

const HOUR = 60 * 60_000;

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});

/** Sets this month's database time of the platform and of companies, in milliseconds. */
async function used(allMs: number, own: [TestTenant, number][]): Promise<void> {
  const period = new Date().toISOString().slice(0, 7);
  const zero = { calls: 0, bytesRead: 0, bytesWritten: 0, documentsRead: 0, documentsWritten: 0 };
  const rest = { ...zero, period, egressBytes: 0, cost: 0 };
  await t.run(async ({ db }) => {
    for (const row of await db.query("tenantUsage").collect())
      await db.delete("tenantUsage", row._id);
    await db.insert("tenantUsage", { ...rest, scope: "platform", name: "Sunup", computeMs: allMs });
    for (const [{ tenantId: tenant }, computeMs] of own) {
      await db.insert("tenantUsage", { ...rest, scope: "company", tenant, name: "it", computeMs });
    }
  });
}

async function adviceFor({ tenantId }: TestTenant) {
  const staff = await staffOf(t, "support");
  return await staff.query(api.staff.deployments.ofTenant, { tenantId });
}

describe("where a company lives", () => {
  it("is this deployment, by the name that it has", async () => {
    expect(await adviceFor(north)).toMatchObject({ deployment: "home", reasons: [] });
    vi.stubEnv("SHARD_NAME", "east");
    expect(await adviceFor(north)).toMatchObject({ deployment: "east" });
    vi.unstubAllEnvs();
  });

  it("should be a deployment of its own for who takes more than half of the time, and for nobody else", async () => {
    await used(10 * HOUR, [
      [north, 6 * HOUR],
      [south, 4 * HOUR],
    ]);
    expect(await adviceFor(north)).toMatchObject({ computeShare: 0.6, reasons: ["computeShare"] });
    expect(await adviceFor(south)).toMatchObject({ computeShare: 0.4, reasons: [] });
  });

  it("is not judged by a share of next to nothing", async () => {
    await used(HOUR / 2, [[north, HOUR / 2]]);
    expect(await adviceFor(north)).toMatchObject({ computeShare: null, reasons: [] });
  });

  it("follows from its projects, too", () => {
    const reasons = (projects: number | null) => shardReasons({ projects, computeShare: null });
    expect([reasons(null), reasons(100_000), reasons(100_001)]).toEqual([[], [], ["projects"]]);
  });
});
