import { beforeEach, describe, expect, it, vi } from "vitest";
import { internal } from "../../convex/_generated/api.js";
import { type Backend, backend, type ClerkUser, clerkEvent, deliver } from "../support/backend.ts";
import { DAY_MS } from "../../lib/days.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

const KEY = { source: "clerk", eventId: "msg_1" } as const;

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});

async function event() {
  return await t.run(
    async ({ db }) =>
      await db
        .query("webhookEvents")
        .withIndex("by_source_eventId", (q) => q.eq("source", "clerk").eq("eventId", KEY.eventId))
        .unique(),
  );
}

async function memberOf(user: ClerkUser) {
  return await t.run(
    async ({ db }) =>
      await db
        .query("members")
        .withIndex("by_clerkUserId", (q) => q.eq("clerkUserId", user.id))
        .first(),
  );
}

/** A second membership of one user, which nothing in Sunup makes: every look-up of that user throws. */
async function breakLookUpsOf(user: ClerkUser): Promise<() => Promise<void>> {
  const row = await memberOf(user);
  const { _id, _creationTime, ...copy } = row!;
  const extra = await t.run(({ db }) => db.insert("members", copy));
  return () => t.run(({ db }) => db.delete("members", extra));
}

const renamed = (tenant: TestTenant) =>
  clerkEvent("user.updated", { ...tenant.admin, firstName: "Renamed", updatedAt: 2_000 });

describe("a webhook whose work throws", () => {
  it("is answered 500, so that it comes again, and its tries and last error can be seen", async () => {
    const mend = await breakLookUpsOf(north.admin);
    expect((await deliver(t, renamed(north), KEY.eventId)).status).toBe(500);
    expect((await deliver(t, renamed(north), KEY.eventId)).status).toBe(500);
    expect(await event()).toMatchObject({
      status: "failed",
      type: "user.updated",
      subject: north.admin.id,
      attempts: 2,
      lastError: expect.stringContaining("unique()") as string,
      body: JSON.stringify(renamed(north)),
    });

    await mend();
    expect((await deliver(t, renamed(north), KEY.eventId)).status).toBe(200);
    const done = await event();
    expect(done).toMatchObject({ status: "processed", attempts: 3 });
    expect(done!.body, "the profile is not kept longer than it is needed").toBeUndefined();
    expect(done!.processedAt).toBeGreaterThanOrEqual(done!.receivedAt);
    expect((await memberOf(north.admin))?.name).toBe("Renamed north");
    expect((await memberOf(south.admin))?.name).toBe("Ada south");
  });

  it("holds no other company's events back", async () => {
    await breakLookUpsOf(north.admin);
    await deliver(t, renamed(north), KEY.eventId);
    expect((await deliver(t, renamed(south), "msg_2")).status).toBe(200);
    expect((await memberOf(south.admin))?.name).toBe("Renamed south");
    expect((await memberOf(north.admin))?.name).toBe("Ada north");
  });

  it("can be tried again by staff, as often as it takes", async () => {
    const mend = await breakLookUpsOf(north.admin);
    await deliver(t, renamed(north), KEY.eventId);
    expect(await t.action(internal.webhookEvents.retry, KEY)).toBe(false);
    expect(await event()).toMatchObject({ status: "failed", attempts: 2 });
    await mend();
    expect(await t.action(internal.webhookEvents.retry, KEY)).toBe(true);
    expect(await t.action(internal.webhookEvents.retry, KEY)).toBe(true);
    expect(await event()).toMatchObject({ status: "processed", attempts: 3 });
    expect((await memberOf(north.admin))?.name).toBe("Renamed north");
  });

  it("stays done when an overtaken try reports its failure late", async () => {
    await deliver(t, renamed(north), KEY.eventId);
    const before = await event();
    const body = JSON.stringify(renamed(north));
    await t.mutation(internal.webhookEvents.recordFailure, { ...KEY, body, error: "too late" });
    expect(await event()).toEqual(before);
  });

  it("keeps a long error short", async () => {
    const body = JSON.stringify(renamed(north));
    const error = "x".repeat(1_000_000);
    await t.mutation(internal.webhookEvents.recordFailure, { ...KEY, body, error });
    expect((await event())?.lastError).toHaveLength(1_000);
  });
});

describe("a signed body that can never succeed", () => {
  it("is answered 200 and kept as failed with the reason, each time it comes", async () => {
    const bad = { type: "user.created", data: { id: "user_bad", email_addresses: "none" } };
    for (const attempts of [1, 2]) {
      expect((await deliver(t, bad, KEY.eventId)).status).toBe(200);
      expect(await event()).toMatchObject({
        status: "failed",
        subject: "user_bad",
        attempts,
        lastError: expect.stringContaining("primary_email_address_id") as string,
        body: JSON.stringify(bad),
      });
    }
    expect(await t.action(internal.webhookEvents.retry, KEY)).toBe(false);
    expect(await event()).toMatchObject({ status: "failed", attempts: 3 });
  });
});

describe("trying again", () => {
  it("does nothing to an event that was done, ignored or never came", async () => {
    await deliver(t, { type: "session.created", data: { id: "sess_1" } }, KEY.eventId);
    const before = await event();
    expect(await t.action(internal.webhookEvents.retry, KEY)).toBe(true);
    expect(await t.action(internal.webhookEvents.retry, { ...KEY, eventId: "never" })).toBe(true);
    expect(await event()).toEqual(before);
  });
});

describe("the inbox after a while", () => {
  const kept = async () =>
    (await t.run(({ db }) => db.query("webhookEvents").collect())).map(({ type, status }) => ({
      type,
      status,
    }));

  it("forgets settled events after 90 days, and never who is gone or what may be tried again", async () => {
    const mend = await breakLookUpsOf(north.admin);
    await deliver(t, renamed(north), KEY.eventId);
    await mend();
    await deliver(t, clerkEvent("user.deleted", { ...south.admin }), "msg_gone");
    await t.mutation(internal.webhookEvents.sweep, {});
    const created = { type: "user.created", status: "processed" };
    const stays = [
      { type: "user.updated", status: "failed" },
      { type: "user.deleted", status: "processed" },
    ];
    expect(await kept()).toEqual([created, created, ...stays]);
    vi.setSystemTime(Date.now() + 91 * DAY_MS);
    await t.mutation(internal.webhookEvents.sweep, {});
    vi.useRealTimers();
    expect(await kept()).toEqual(stays);
  });
});
