import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import { DAY_MS } from "../../../lib/days.ts";
import { type Backend, backend } from "../../support/backend.ts";
import { staffOf } from "../../support/staff.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const steps = api.staff.tenantSteps;

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let operator: Awaited<ReturnType<typeof staffOf>>;
beforeEach(async () => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date"] });
  t = backend();
  north = await signUp(t, "north", "starter");
  south = await signUp(t, "south", "pro");
  operator = await staffOf(t, "operator");
});
afterEach(() => {
  vi.useRealTimers();
});

const look = async ({ tenantId }: TestTenant) =>
  await operator.query(api.staff.tenants.get, { tenantId });

/** What a step with the company says, as the operator sees it now. */
async function step(tenant: TestTenant, reason = "They asked for it") {
  const { summary } = await look(tenant);
  return { tenantId: tenant.tenantId, revision: summary!.revision, reason };
}

async function trails({ tenantId }: TestTenant) {
  return await t.run(async ({ db }) => ({
    platform: (await db.query("staffAudit").collect())
      .filter(({ tenant }) => tenant === tenantId)
      .map(({ action, staffName, subject, reason }) => ({ action, staffName, subject, reason })),
    own: (await db.query("auditLog").collect())
      .filter((line) => line.tenantId === tenantId && line.actor.kind === "staff")
      .map(({ action, actor, subject, reason }) => ({ action, actor, subject, reason })),
  }));
}

describe("a step that staff take with a company", () => {
  it("stands with its reason in the platform's trail and in the company's own, and in no other's", async () => {
    await operator.mutation(steps.suspend, await step(north, "  Stolen card "));
    const reason = "Stolen card";
    expect(await trails(north)).toEqual({
      platform: [
        { action: "tenant.suspended", staffName: "Robin operator", subject: "north Solar", reason },
      ],
      own: [
        {
          ...{ action: "company.statusChanged", actor: { kind: "staff", name: "Robin operator" } },
          ...{ subject: "north Solar", reason },
        },
      ],
    });
    expect(await trails(south)).toEqual({ platform: [], own: [] });
    expect((await look(north)).tenant.status).toBe("suspended");
    expect((await look(south)).tenant.status).toBe("active");
  });

  it("is refused to the second of two who change one company, and says who was first", async () => {
    const seen = await step(north);
    await operator.mutation(steps.givePlan, { ...seen, plan: "enterprise" });
    const before = (await look(north)).tenant;
    const owner = await staffOf(t, "owner");
    const late = owner.mutation(steps.suspend, seen);
    await expect(late).rejects.toThrow(/"code":"STALE".*Robin operator changed this company/);
    expect((await look(north)).tenant).toEqual(before);
    expect((await trails(north)).platform).toHaveLength(1);
  });

  it("of two at the same moment goes through once", async () => {
    const seen = await step(north);
    const results = await Promise.allSettled(
      [20, 30].map((value) =>
        operator.mutation(steps.setOverride, { ...seen, override: { limit: "users", value } }),
      ),
    );
    expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect((await look(north)).tenant.overrides).toHaveLength(1);
  });

  it.each(["", "   ", "x".repeat(501)])("is refused with the reason %j", async (reason) => {
    const before = await look(north);
    await expect(operator.mutation(steps.suspend, await step(north, reason))).rejects.toThrow(
      /"field":"reason"/,
    );
    expect(await look(north)).toEqual(before);
  });

  it("that changes nothing leaves no line and no new revision", async () => {
    await operator.mutation(steps.reactivate, await step(north));
    await operator.mutation(steps.keep, await step(north));
    await operator.mutation(steps.takePlanBack, await step(north));
    const reset = { ...(await step(north)), target: { limit: "users" as const } };
    await operator.mutation(steps.resetOverride, reset);
    expect(await trails(north)).toEqual({ platform: [], own: [] });
    expect((await look(north)).summary?.revision).toBe(0);
  });

  it("closes a company only with its name, after the days to think again, and takes that back", async () => {
    await expect(
      operator.mutation(steps.close, { ...(await step(north)), companyName: "south Solar" }),
    ).rejects.toThrow(/"field":"companyName"/);
    await operator.mutation(steps.close, { ...(await step(north)), companyName: "north Solar" });
    expect((await look(north)).tenant).toMatchObject({
      status: "closing",
      closing: { requestedBy: "Robin operator", closesAt: NOON + 30 * DAY_MS },
    });
    await operator.mutation(steps.keep, await step(north, "A mistake"));
    expect((await look(north)).tenant.status).toBe("active");
  });
});

describe("a limit or feature that staff set", () => {
  it("is in force at once for that company alone, with who, why and until when", async () => {
    const expiresAt = NOON + 10 * DAY_MS;
    const set = { ...(await step(north)), override: { limit: "users" as const, value: 9 } };
    await operator.mutation(steps.setOverride, { ...set, expiresAt });
    const on = { feature: "siteSurvey" as const, on: true };
    await operator.mutation(steps.setOverride, { ...(await step(north)), override: on });
    const me = await north.asRole("Viewer").query(api.members.me, {});
    expect(me.entitlements.limits.users).toBe(9);
    expect(me.entitlements.features).toEqual(["siteSurvey"]);
    const details = { reason: "They asked for it", by: "Robin operator", at: NOON };
    expect((await look(north)).tenant.overrides).toEqual([
      { limit: "users", value: 9, expiresAt, ...details },
      { ...on, ...details },
    ]);
    expect((await look(south)).tenant.overrides).toBeUndefined();
  });

  it("ends with its time, is still shown then, and goes when it is reset", async () => {
    const override = { limit: "users" as const, value: 9 };
    const expiresAt = NOON + DAY_MS;
    await operator.mutation(steps.setOverride, { ...(await step(north)), override, expiresAt });
    vi.setSystemTime(expiresAt);
    const users = async () => (await north.as.query(api.members.me, {})).entitlements.limits.users;
    expect(await users()).toBe(1);
    expect((await look(north)).tenant.overrides).toHaveLength(1);
    const target = { limit: "users" as const };
    await operator.mutation(steps.resetOverride, { ...(await step(north)), target });
    expect((await look(north)).tenant.overrides).toBeUndefined();
    expect((await trails(north)).platform.map(({ action }) => action)).toEqual([
      "tenant.overrideSet",
      "tenant.overrideReset",
    ]);
  });

  it.each([-1, 1.5, Number.NaN, Infinity, 1_000_001])(
    "is refused as a limit of %d, and changes nothing",
    async (value) => {
      const before = await look(north);
      const set = { ...(await step(north)), override: { limit: "users" as const, value } };
      await expect(operator.mutation(steps.setOverride, set)).rejects.toThrow(/"field":"value"/);
      expect(await look(north)).toEqual(before);
    },
  );
});

describe("a note of staff's", () => {
  it("is read by staff beside the company it is about, and by nobody else", async () => {
    const support = await staffOf(t, "support");
    const { tenantId } = north;
    await support.mutation(api.staff.notes.add, { tenantId, text: " Likes to be called " });
    const page = { paginationOpts: { numItems: 10, cursor: null } };
    const of = ({ tenantId }: TestTenant) =>
      operator.query(api.staff.notes.list, { tenantId, ...page });
    expect((await of(north)).page).toMatchObject([
      { staffName: "Robin support", text: "Likes to be called", tenant: tenantId },
    ]);
    expect((await of(south)).page).toEqual([]);
    await expect(support.mutation(api.staff.notes.add, { tenantId, text: "  " })).rejects.toThrow(
      /"field":"text"/,
    );
    expect((await of(north)).page).toHaveLength(1);
  });

  it("is corrected by who wrote it, once, and the older text stays", async () => {
    const support = await staffOf(t, "support");
    const { tenantId } = north;
    const noted = await support.mutation(api.staff.notes.add, {
      tenantId,
      text: "Calls on Monday",
    });
    const correct = (who: typeof support, corrects: typeof noted, of = tenantId) =>
      who.mutation(api.staff.notes.add, { tenantId: of, text: "Calls on Tuesday", corrects });
    const before = await t.run(({ db }) => db.query("staffNotes").collect());
    await expect(correct(operator, noted)).rejects.toThrow(/FORBIDDEN.*Only who wrote/);
    await expect(correct(support, noted, south.tenantId)).rejects.toThrow("NOT_FOUND");
    expect(await t.run(({ db }) => db.query("staffNotes").collect())).toEqual(before);

    const second = await correct(support, noted);
    await expect(correct(support, noted)).rejects.toThrow("STALE");
    await correct(support, second);
    const page = { paginationOpts: { numItems: 10, cursor: null } };
    const listed = await operator.query(api.staff.notes.list, { tenantId, ...page });
    expect(listed.page).toMatchObject([
      { text: "Calls on Tuesday", corrects: second },
      { text: "Calls on Tuesday", corrects: noted },
      { text: "Calls on Monday", _id: noted },
    ]);
  });
});
