import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api.js";
import { bellLabel, unreadCount } from "../../components/notifications/unreadWords.ts";
import { NOTIFICATION_DAYS } from "../../lib/notifications.ts";
import { DAY_MS } from "../../lib/days.ts";
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

const page = { paginationOpts: { numItems: 50, cursor: null } };

const inboxOf = async (who: TestTenant["as"]) =>
  (await who.query(api.notifications.list, page)).page;

async function told(count: number, { tenantId, memberId, projectId }: TestTenant): Promise<void> {
  await t.run(async ({ db }) => {
    for (let each = 0; each < count; each += 1) {
      await db.insert("notifications", {
        ...{ tenantId, memberId, kind: "mention", by: "Somebody", about: "A roof" },
        subject: { projectId },
      });
    }
  });
}

describe("whoever is given a project", () => {
  it("is told once, with a link to it, and nobody else is", async () => {
    const { projectId, viewerId } = north;
    const viewer = north.asRole("Viewer");
    await north.as.mutation(api.projects.assign, { projectId, ownerId: viewerId });
    expect(await inboxOf(viewer)).toMatchObject([
      {
        kind: "projectOwner",
        by: "Ada north",
        about: "Roof of north",
        subject: { projectId },
      },
    ]);
    expect(await viewer.query(api.notifications.unread, {})).toBe(1);
    for (const other of [north.asRole("Sales"), south.asRole("Viewer")]) {
      expect(await inboxOf(other)).toEqual([]);
      expect(await other.query(api.notifications.unread, {})).toBe(0);
    }
    // The same people again are no news.
    await north.as.mutation(api.projects.assign, { projectId, ownerId: viewerId });
    await north.as.mutation(api.projects.assign, { projectId, crewIds: [viewerId] });
    await north.as.mutation(api.projects.assign, { projectId, crewIds: [viewerId, viewerId] });
    expect((await inboxOf(viewer)).map(({ kind }) => kind)).toEqual([
      "projectCrew",
      "projectOwner",
    ]);
  });

  it("is not told of what they did themselves", async () => {
    const { projectId, memberId, viewerId } = north;
    const before = await inboxOf(north.as);
    await north.as.mutation(api.projects.assign, { projectId, ownerId: viewerId });
    await north.as.mutation(api.projects.assign, { projectId, ownerId: memberId });
    expect(await inboxOf(north.as)).toEqual(before);
  });

  it("cannot be somebody without access, nor of another company", async () => {
    const { projectId, viewerId } = north;
    await north.as.mutation(api.members.deactivate, { memberId: viewerId });
    const assign = async (ownerId: typeof viewerId) =>
      await north.as.mutation(api.projects.assign, { projectId, ownerId });
    await expect(assign(viewerId)).rejects.toThrow("Viewer has no access any more.");
    await expect(assign(south.viewerId)).rejects.toThrow("NOT_FOUND");
    const rows = await t.run(async ({ db }) => await db.query("notifications").collect());
    expect(rows.map(({ memberId }) => memberId)).toEqual([north.memberId, south.memberId]);
  });
});

describe("reading", () => {
  it("marks one's own, and not a colleague's", async () => {
    const { notificationId } = north;
    const colleague = north.asRole("Manager");
    await colleague.mutation(api.notifications.markRead, { notificationId });
    expect(await north.as.query(api.notifications.unread, {})).toBe(1);
    await north.as.mutation(api.notifications.markRead, { notificationId });
    const [read] = await inboxOf(north.as);
    expect(read?.readAt).toBe(Date.now());
    vi.setSystemTime(Date.now() + 5_000);
    await north.as.mutation(api.notifications.markRead, { notificationId });
    expect(await inboxOf(north.as)).toEqual([read]);
  });

  it("marks all of one's own, however many, batch by batch", async () => {
    await told(230, north);
    expect(await north.as.query(api.notifications.unread, {})).toBe(21);
    await north.as.mutation(api.notifications.markAllRead, {});
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await north.as.query(api.notifications.unread, {})).toBe(0);
    expect(await south.as.query(api.notifications.unread, {})).toBe(1);
  });

  it("leaves unread what came after the click", async () => {
    await told(150, north);
    await north.as.mutation(api.notifications.markAllRead, {});
    vi.setSystemTime(Date.now() + 1_000);
    await told(1, north);
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await north.as.query(api.notifications.unread, {})).toBe(1);
  });
});

it("a bell counts to twenty and says what it counts", () => {
  expect([0, 1, 20, 21].map(unreadCount)).toEqual(["0", "1", "20", "20+"]);
  expect([0, 3, 21].map(bellLabel)).toEqual([
    "Notifications",
    "Notifications, 3 unread",
    "Notifications, 20+ unread",
  ]);
});

it("the sweep removes what is older than 90 days, of every company, batch by batch", async () => {
  await told(120, north);
  await told(10, south);
  vi.setSystemTime(Date.now() + NOTIFICATION_DAYS * DAY_MS + 1);
  await told(2, south);
  expect(await t.mutation(internal.notifications.sweep, {})).toBe(100);
  await t.finishAllScheduledFunctions(vi.runAllTimers);
  const rows = await t.run(async ({ db }) => await db.query("notifications").collect());
  expect(rows.map(({ tenantId }) => tenantId)).toEqual([south.tenantId, south.tenantId]);
});
