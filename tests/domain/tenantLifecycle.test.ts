import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api.js";
import type { Doc } from "../../convex/_generated/dataModel.js";
import { setPastDue, statusOf } from "../../convex/model/tenantStatus.ts";
import { tenantPatch } from "../../convex/tenancy/ownTenant.ts";
import { tenantWriter } from "../../convex/tenancy/rules.ts";
import { tenantScheduler } from "../../convex/tenancy/scheduler.ts";
import { scopedWriter } from "../../convex/tenancy/scopedDb.ts";
import { DAY_MS } from "../../lib/days.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

const NOW = new Date("2026-11-23T12:00:00Z").getTime();
const DAYS_30 = NOW + 30 * DAY_MS;

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

/** Lets the days go by, and whatever is scheduled in them happen. */
async function pass(days: number): Promise<void> {
  for (let hour = 0; hour < days * 24; hour += 6) {
    vi.advanceTimersByTime(DAY_MS / 4);
    await t.finishInProgressScheduledFunctions();
  }
}

async function tenantOf({ tenantId }: TestTenant): Promise<Doc<"tenants">> {
  return await t.run(async ({ db }) => (await db.get("tenants", tenantId))!);
}

/** The mails and the audit lines that belong to a company's life. */
const LIFE = /^(closing|closed|trialEnding|company\.(statusChanged|planChanged|trialExtended))/;

/** The company's mails about its life, as "kind to address". */
async function mailsOf({ tenantId }: TestTenant): Promise<string[]> {
  return await t.run(async ({ db }) =>
    (await db.query("emails").collect())
      .filter((mail) => mail.tenantId === tenantId && LIFE.test(mail.message.kind))
      .map(({ message, to }) => `${message.kind} to ${to}`),
  );
}

/** Its audit lines, as "action: before > after, by whom (why)". */
async function auditOf({ tenantId }: TestTenant): Promise<string[]> {
  return await t.run(async ({ db }) =>
    (await db.query("auditLog").collect())
      .filter((line) => line.tenantId === tenantId && LIFE.test(line.action))
      .map(({ action, changes, actor, reason }) => {
        const change = changes.map(({ before, after }) => `${before} > ${after}`).join("; ");
        return `${action}: ${change}, by ${actor.kind}${reason ? ` (${reason})` : ""}`;
      }),
  );
}

const closeNorth = { companyName: "north Solar" };
const staff = { staffName: "Sam", reason: "The card was stolen" };
const suspendNorth = () =>
  t.mutation(internal.tenantLifecycle.suspend, { tenantId: north.tenantId, ...staff });
const reactivateNorth = () =>
  t.mutation(internal.tenantLifecycle.reactivate, {
    ...{ tenantId: north.tenantId, staffName: "Sam", reason: "It was found" },
  });

describe("closing a company", () => {
  it.each(["", "North Solar", "north Sola", "south Solar", "north Solar ☀", "x".repeat(10_000)])(
    "is refused when %j is typed, and changes nothing",
    async (companyName) => {
      const before = await tenantOf(north);
      await expect(
        north.as.mutation(api.tenantLifecycle.requestClosing, { companyName }),
      ).rejects.toThrow(/"code":"INVALID".*"field":"companyName"/);
      expect(await tenantOf(north)).toEqual(before);
      expect(await mailsOf(north)).toEqual([]);
    },
  );

  it("is refused with a reason that is too long", async () => {
    const args = { ...closeNorth, reason: "x".repeat(501) };
    await expect(north.as.mutation(api.tenantLifecycle.requestClosing, args)).rejects.toThrow(
      /"code":"INVALID".*"field":"reason"/,
    );
    expect((await tenantOf(north)).status).toBe("active");
  });

  it("is announced to every member with its date, audited, and mailed to administrators", async () => {
    await north.as.mutation(api.tenantLifecycle.requestClosing, {
      ...closeNorth,
      reason: "  Retiring ",
    });
    const { tenant } = await north.asRole("Installer").query(api.members.me, {});
    expect(tenant).toMatchObject({
      status: "closing",
      closing: { requestedBy: "Ada north", requestedAt: NOW, closesAt: DAYS_30 },
    });
    expect(await auditOf(north)).toEqual([
      "company.statusChanged: active > about to be closed, by member (Retiring)",
    ]);
    expect(await mailsOf(north)).toEqual(["closingRequested to admin@north.test"]);
    expect(await tenantOf(south)).toMatchObject({ status: "active" });
    expect(await mailsOf(south)).toEqual([]);
  });

  it("reminds 14, 7 and 1 days before, once each, then ends everybody's access and keeps the data", async () => {
    await north.as.mutation(api.tenantLifecycle.requestClosing, closeNorth);
    await pass(15);
    expect(await mailsOf(north)).toEqual(["closingRequested to admin@north.test"]);
    for (const [days, reminders] of [
      [2, 1],
      [7, 2],
      [5.5, 3],
    ] as const) {
      await pass(days);
      expect((await mailsOf(north)).slice(1)).toEqual(
        Array.from({ length: reminders }, () => "closingReminder to admin@north.test"),
      );
    }
    expect((await tenantOf(north)).status).toBe("closing");
    await pass(1);
    expect(await tenantOf(north)).toMatchObject({ status: "closed", closedAt: DAYS_30 });
    expect((await mailsOf(north)).slice(4)).toEqual(["closed to admin@north.test"]);
    for (const as of [north.as, north.asRole("Viewer")]) {
      await expect(as.query(api.members.me, {})).rejects.toThrow("TENANT_CLOSED");
    }
    expect(await t.run(({ db }) => db.get("projects", north.projectId))).not.toBeNull();
    expect((await south.as.query(api.members.me, {})).tenant.status).toBe("active");
  });

  it("taken back in time never happens, and sends no more reminders", async () => {
    await north.as.mutation(api.tenantLifecycle.requestClosing, closeNorth);
    await pass(20);
    await north.as.mutation(api.tenantLifecycle.withdrawClosing, {});
    const { tenant } = await north.asRole("Sales").query(api.members.me, {});
    expect(tenant.status).toBe("active");
    expect(tenant.closing).toBeUndefined();
    const mails = await mailsOf(north);
    expect(mails.slice(1)).toEqual([
      "closingReminder to admin@north.test",
      "closingCancelled to admin@north.test",
    ]);
    await pass(40);
    expect(await mailsOf(north)).toEqual(mails);
    expect((await tenantOf(north)).status).toBe("active");
  });

  it("asked for again starts thirty new days", async () => {
    await north.as.mutation(api.tenantLifecycle.requestClosing, closeNorth);
    await pass(10);
    await north.as.mutation(api.tenantLifecycle.withdrawClosing, {});
    await north.as.mutation(api.tenantLifecycle.requestClosing, closeNorth);
    await pass(25);
    expect((await tenantOf(north)).status).toBe("closing");
    await pass(6);
    expect((await tenantOf(north)).closedAt).toBe(DAYS_30 + 10 * DAY_MS);
    const reminders = (await mailsOf(north)).filter((mail) => mail.startsWith("closingReminder"));
    expect(reminders).toHaveLength(3);
  });

  it("asked for twice at once, or taken back twice, is one closing and one withdrawal", async () => {
    await Promise.all(
      [1, 2].map(() => north.as.mutation(api.tenantLifecycle.requestClosing, closeNorth)),
    );
    await Promise.all([1, 2].map(() => north.as.mutation(api.tenantLifecycle.withdrawClosing, {})));
    expect(await auditOf(north)).toHaveLength(2);
    expect(await mailsOf(north)).toHaveLength(2);
  });

  it("is nothing that a Manager can ask for or take back", async () => {
    const manager = north.asRole("Manager");
    await expect(manager.mutation(api.tenantLifecycle.requestClosing, closeNorth)).rejects.toThrow(
      "FORBIDDEN",
    );
    await north.as.mutation(api.tenantLifecycle.requestClosing, closeNorth);
    await expect(manager.mutation(api.tenantLifecycle.withdrawClosing, {})).rejects.toThrow(
      "FORBIDDEN",
    );
    expect((await tenantOf(north)).status).toBe("closing");
  });

  it("says to closed-out members who asked for it, and to others' members nothing", async () => {
    await north.as.mutation(api.tenantLifecycle.requestClosing, closeNorth);
    await pass(31);
    expect(await north.asRole("Viewer").query(api.tenantLifecycle.notice, {})).toEqual({
      status: "closed",
      companyName: "north Solar",
      reason: null,
      since: DAYS_30,
      requestedBy: "Ada north",
      administrators: [{ name: "Ada north", email: "admin@north.test" }],
      youAreAdministrator: false,
    });
    expect(await south.as.query(api.tenantLifecycle.notice, {})).toBeNull();
  });

  it("can be undone by staff, and the company has all that it had", async () => {
    await north.as.mutation(api.tenantLifecycle.requestClosing, closeNorth);
    await pass(31);
    await reactivateNorth();
    expect((await tenantOf(north)).closing).toBeUndefined();
    expect((await north.as.query(api.projects.get, { projectId: north.projectId })).notes).toBe(
      "Secret of north",
    );
  });
});

describe("suspending a company", () => {
  it("shuts it with the reason and whom to ask, and opens it again untouched", async () => {
    const before = await north.as.query(api.projects.get, { projectId: north.projectId });
    await suspendNorth();
    const viewer = north.asRole("Viewer");
    await expect(viewer.query(api.members.me, {})).rejects.toThrow("TENANT_SUSPENDED");
    expect(await viewer.query(api.tenantLifecycle.notice, {})).toMatchObject({
      status: "suspended",
      companyName: "north Solar",
      reason: "The card was stolen",
      since: NOW,
      administrators: [{ name: "Ada north", email: "admin@north.test" }],
      youAreAdministrator: false,
    });
    const toAdmin = await north.as.query(api.tenantLifecycle.notice, {});
    expect(toAdmin?.youAreAdministrator).toBe(true);
    expect((await south.as.query(api.members.me, {})).tenant.status).toBe("active");

    await reactivateNorth();
    expect(await north.as.query(api.projects.get, { projectId: north.projectId })).toEqual(before);
    expect(await viewer.query(api.tenantLifecycle.notice, {})).toBeNull();
    expect(await auditOf(north)).toEqual([
      "company.statusChanged: active > paused, by staff (The card was stolen)",
      "company.statusChanged: paused > active, by staff (It was found)",
    ]);
  });

  it("tells a member whose own access was turned off nothing", async () => {
    await t.run(async ({ db }) => {
      const members = await db.query("members").collect();
      const viewer = members.find(({ clerkUserId }) => clerkUserId === "user_north_viewer")!;
      await db.patch("members", viewer._id, { status: "deactivated" });
    });
    await suspendNorth();
    expect(await north.asRole("Viewer").query(api.tenantLifecycle.notice, {})).toBeNull();
  });

  it.each(["", "   ", "x".repeat(501)])("is refused with the reason %j", async (reason) => {
    const args = { tenantId: north.tenantId, staffName: "Sam", reason };
    await expect(t.mutation(internal.tenantLifecycle.suspend, args)).rejects.toThrow("INVALID");
    expect((await tenantOf(north)).status).toBe("active");
  });

  it("is refused while it is suspended already, and the first reason stays", async () => {
    await suspendNorth();
    const again = { tenantId: north.tenantId, staffName: "Sue", reason: "Another one" };
    await expect(t.mutation(internal.tenantLifecycle.suspend, again)).rejects.toThrow("CONFLICT");
    expect((await tenantOf(north)).suspension?.reason).toBe("The card was stolen");
  });

  it("stops the clock of a closing: nobody is closed out who could not take it back", async () => {
    await north.as.mutation(api.tenantLifecycle.requestClosing, closeNorth);
    await pass(10);
    await suspendNorth();
    const mails = await mailsOf(north);
    await pass(40);
    expect((await tenantOf(north)).status).toBe("suspended");
    expect(await mailsOf(north)).toEqual(mails);
    await reactivateNorth();
    expect(await tenantOf(north)).toMatchObject({
      status: "closing",
      closing: { closesAt: DAYS_30 + 40 * DAY_MS },
    });
    await pass(19);
    expect((await tenantOf(north)).status).toBe("closing");
    await pass(2);
    expect((await tenantOf(north)).status).toBe("closed");
    const reminders = (await mailsOf(north)).filter((mail) => mail.startsWith("closingReminder"));
    expect(reminders).toHaveLength(3);
  });
});

describe("a trial", () => {
  const extendSouth = (days: number) =>
    t.mutation(internal.tenantLifecycle.extendTrial, {
      tenantId: south.tenantId,
      ...{ staffName: "Sam", reason: "They asked" },
      trialEndsAt: NOW + days * DAY_MS,
    });

  it("is mailed of 3 days before its end, then falls back to starter and keeps everything", async () => {
    await pass(10.75);
    expect(await mailsOf(south)).toEqual([]);
    await pass(0.5);
    expect(await mailsOf(south)).toEqual(["trialEnding to admin@south.test"]);
    expect((await tenantOf(south)).plan).toBe("pro");
    await pass(3);
    const tenant = await tenantOf(south);
    expect(tenant).toMatchObject({ plan: "starter", status: "active" });
    expect(tenant.trialEndsAt).toBeUndefined();
    expect(await mailsOf(south)).toHaveLength(1);
    expect(await auditOf(south)).toEqual([
      "company.planChanged: Pro > Starter, by system (The trial ended.)",
    ]);
    const page = { paginationOpts: { numItems: 10, cursor: null } };
    expect((await south.as.query(api.members.list, page)).page).toHaveLength(6);
    expect(await mailsOf(north)).toEqual([]);
  });

  it("that was extended ends at its new date, with one reminder before it", async () => {
    await pass(12);
    await extendSouth(28);
    await pass(12.75);
    expect((await tenantOf(south)).plan).toBe("pro");
    expect(await mailsOf(south)).toHaveLength(1);
    await pass(0.5);
    expect(await mailsOf(south)).toHaveLength(2);
    await pass(3);
    expect((await tenantOf(south)).plan).toBe("starter");
    expect(await auditOf(south)).toEqual([
      "company.trialExtended: 2026-12-07 > 2026-12-21, by staff (They asked)",
      "company.planChanged: Pro > Starter, by system (The trial ended.)",
    ]);
  });

  it("that is paid for meanwhile is left alone", async () => {
    await pass(5);
    await t.run(({ db }) => db.patch("tenants", south.tenantId, { trialEndsAt: undefined }));
    await pass(20);
    expect((await tenantOf(south)).plan).toBe("pro");
    expect(await mailsOf(south)).toEqual([]);
    await expect(extendSouth(30)).rejects.toThrow("CONFLICT");
  });

  it.each([-1, 0, 181, NaN, Infinity])("cannot be made to end in %d days", async (days) => {
    const before = await tenantOf(south);
    await expect(extendSouth(days)).rejects.toThrow("INVALID");
    expect(await tenantOf(south)).toEqual(before);
  });

  it("can begin anew for a company that fell back", async () => {
    await pass(15);
    await extendSouth(30);
    expect((await tenantOf(south)).plan).toBe("pro");
    await pass(16);
    expect((await tenantOf(south)).plan).toBe("starter");
  });
});

describe("a company's status", () => {
  const setPayment = (overdue: boolean) =>
    t.run(async ({ db, scheduler }) => {
      const scope = { tenantId: north.tenantId, memberId: null };
      const ctx = {
        db: scopedWriter(tenantWriter(db, scope), scope),
        tenant: (await db.get("tenants", north.tenantId))!,
        patchTenant: tenantPatch(db, north.tenantId),
        schedule: tenantScheduler(scheduler, north.tenantId),
      };
      await setPastDue(ctx, overdue ? Date.now() : null);
    });
  const STEPS = {
    overdue: () => setPayment(true),
    paid: () => setPayment(false),
    suspend: suspendNorth,
    reactivate: reactivateNorth,
    request: () => north.as.mutation(api.tenantLifecycle.requestClosing, closeNorth),
    withdraw: () => north.as.mutation(api.tenantLifecycle.withdrawClosing, {}),
    days: () => pass(16),
  };

  it("always says what is true of it, and every change of it is in the audit trail", async () => {
    const steps = fc.array(fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[])), {
      minLength: 3,
      maxLength: 10,
    });
    await fc.assert(
      fc.asyncProperty(steps, async (taken) => {
        vi.setSystemTime(NOW);
        t = backend();
        north = await signUp(t, "north", "starter");
        const seen = ["active"];
        for (const step of taken) {
          const { status: before } = await tenantOf(north);
          await STEPS[step]().catch(() => {});
          const tenant = await tenantOf(north);
          expect(tenant.status).toBe(statusOf(tenant));
          if (tenant.status !== before) seen.push(tenant.status);
          if (tenant.status === "closed" && before !== "closed") expect(before).toBe("closing");
        }
        const changes = (await auditOf(north)).map((line) => /: (.*?) > (.*?),/.exec(line)!);
        expect(changes).toHaveLength(seen.length - 1);
        for (const [index, [, from]] of changes.entries()) {
          expect(from).toBe(index === 0 ? "active" : changes[index - 1]![2]);
        }
      }),
      { numRuns: 30 },
    );
  }, 60_000);

  it("is behind with a payment again when a closing is taken back or a suspension ends", async () => {
    await setPayment(true);
    expect((await north.as.query(api.members.me, {})).tenant.status).toBe("pastDue");
    await north.as.mutation(api.tenantLifecycle.requestClosing, closeNorth);
    await suspendNorth();
    await reactivateNorth();
    expect((await tenantOf(north)).status).toBe("closing");
    await north.as.mutation(api.tenantLifecycle.withdrawClosing, {});
    expect((await tenantOf(north)).status).toBe("pastDue");
    await setPayment(false);
    expect((await tenantOf(north)).status).toBe("active");
  });
});
