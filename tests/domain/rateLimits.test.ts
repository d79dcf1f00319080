import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import { describeError, errorData } from "../../lib/errors.ts";
import { COMPANY_LIMITS, LOT, MEMBER_LIMIT, refilled, waitFor } from "../../lib/rateLimits.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "Date"], now: Date.UTC(2026, 10, 23) });
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});
afterEach(() => vi.useRealTimers());

/** Leaves so much in a bucket, as many changes would have. */
async function drain(
  tenantId: Id<"tenants">,
  memberId: Id<"members"> | undefined,
  left: { tokens: number; drawn: number },
): Promise<void> {
  await t.run(async ({ db }) => {
    const row = await db
      .query("rateBuckets")
      .withIndex("by_tenant_member", (q) => q.eq("tenantId", tenantId).eq("memberId", memberId))
      .unique();
    await db.patch("rateBuckets", row!._id, { ...left, at: Date.now() });
  });
}

const change = ({ as, projectId }: TestTenant, archived: boolean) =>
  as.mutation(archived ? api.projects.archive : api.projects.restore, { projectId });
const isArchived = ({ projectId }: TestTenant) =>
  t.run(async ({ db }) => (await db.get("projects", projectId))!.archived);

describe("a member who changes too much at once", () => {
  it("is refused with when to try again, and then may go on", async () => {
    await drain(north.tenantId, north.memberId, { tokens: 1, drawn: LOT });
    await change(north, true);
    const thrown = await change(north, false).catch((error: unknown) => error);
    expect(errorData(thrown)).toMatchObject({
      code: "RATE_LIMITED",
      nextStep: "Try again in a second.",
      retryAt: Date.now() + 60_000 / MEMBER_LIMIT.perMinute,
    });
    expect(describeError(thrown).message).toBe(
      "You are making more changes than we can take at once.",
    );
    expect(await isArchived(north)).toBe(true);

    vi.advanceTimersByTime(1000);
    await change(north, false);
    expect(await isArchived(north)).toBe(false);
  });

  it("holds up neither colleagues nor other companies, and still reads", async () => {
    await drain(north.tenantId, north.memberId, { tokens: 0, drawn: 0 });
    await expect(change(north, true)).rejects.toThrow("RATE_LIMITED");
    const { projectId } = north;
    await north.as.query(api.projects.get, { projectId });
    await north.asRole("Manager").mutation(api.projects.archive, { projectId });
    await change(south, true);
    expect(await isArchived(south)).toBe(true);
  });

  it("pays more for what costs more", async () => {
    await drain(north.tenantId, north.memberId, { tokens: 9, drawn: LOT });
    const invite = {
      emails: ["ana@north.test"],
      roles: ["Viewer" as const],
      primaryRole: "Viewer" as const,
    };
    await expect(north.as.mutation(api.invitations.invite, invite)).rejects.toThrow("RATE_LIMITED");
    await change(north, true);
  });
});

describe("a company that changes too much at once", () => {
  it("is refused as a whole, and no other is", async () => {
    await drain(north.tenantId, north.memberId, { tokens: 100, drawn: 0 });
    await drain(north.tenantId, undefined, { tokens: LOT - 1, drawn: 0 });
    const thrown = await change(north, true).catch((error: unknown) => error);
    expect(errorData(thrown)).toMatchObject({
      code: "RATE_LIMITED",
      message: "Your company is making more changes than we can take at once.",
    });
    const manager = north.asRole("Manager");
    const { projectId } = north;
    await expect(manager.mutation(api.projects.archive, { projectId })).rejects.toThrow(
      "RATE_LIMITED",
    );
    expect(await isArchived(north)).toBe(false);
    await change(south, true);
  });

  it("has its row written once in a lot of a member's changes", async () => {
    const writtenBy = async (changes: number) => {
      const before = await companyTokens();
      for (let i = 0; i < changes; i += 1) await change(north, i % 2 === 0);
      return before - (await companyTokens());
    };
    const companyTokens = () =>
      t.run(async ({ db }) => {
        const rows = await db
          .query("rateBuckets")
          .withIndex("by_tenant_member", (q) => q.eq("tenantId", north.tenantId))
          .collect();
        return rows.find(({ memberId }) => memberId === undefined)!.tokens;
      });
    await drain(north.tenantId, north.memberId, { tokens: 100, drawn: 5 });
    expect(await writtenBy(5)).toBe(0);
    expect(await writtenBy(10)).toBe(LOT);
  });

  it("may change more with a larger plan", () => {
    const { starter, pro, enterprise } = COMPANY_LIMITS;
    expect(starter.perMinute).toBeLessThan(pro.perMinute);
    expect(pro.perMinute).toBeLessThan(enterprise.perMinute);
  });
});

describe("a bucket", () => {
  const limit = { burst: 10, perMinute: 60 };

  it("fills up by the minute, never over its brim, and not when a clock goes back", () => {
    expect(refilled({ tokens: 0, at: 0 }, limit, 5_000)).toEqual({ tokens: 5, at: 5_000 });
    expect(refilled({ tokens: 9, at: 0 }, limit, 60_000)).toEqual({ tokens: 10, at: 60_000 });
    expect(refilled({ tokens: 3, at: 9_000 }, limit, 1_000)).toEqual({ tokens: 3, at: 9_000 });
  });

  it("says how long to wait", () => {
    expect(waitFor(3, { tokens: 3, at: 0 }, limit)).toBe(0);
    expect(waitFor(3, { tokens: 1, at: 0 }, limit)).toBe(2_000);
  });
});
