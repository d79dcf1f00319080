import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import { PRESENCE_INTERVAL_MS } from "../../../lib/team.ts";
import { type Backend, backend } from "../../support/backend.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date"] });
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});
afterEach(() => {
  vi.useRealTimers();
});

async function seen(tenant: TestTenant, memberIds = [tenant.viewerId]) {
  return await north.as.query(api.presence.lastSeen, { memberIds });
}

describe("presence", () => {
  it("is written by a member's first beat, and then at most every five minutes", async () => {
    const viewer = north.asRole("Viewer");
    expect(await seen(north)).toEqual([]);
    await viewer.mutation(api.presence.beat, {});
    expect(await seen(north)).toEqual([{ memberId: north.viewerId, lastSeenAt: NOON }]);

    vi.setSystemTime(NOON + PRESENCE_INTERVAL_MS - 1);
    await viewer.mutation(api.presence.beat, {});
    expect(await seen(north)).toMatchObject([{ lastSeenAt: NOON }]);

    vi.setSystemTime(NOON + PRESENCE_INTERVAL_MS);
    await viewer.mutation(api.presence.beat, {});
    expect(await seen(north)).toMatchObject([{ lastSeenAt: NOON + PRESENCE_INTERVAL_MS }]);
  });

  it("keeps one row for a member who beats in ten browsers at once", async () => {
    const viewer = north.asRole("Viewer");
    await Promise.all(Array.from({ length: 10 }, () => viewer.mutation(api.presence.beat, {})));
    const rows = await t.run(({ db }) => db.query("presence").collect());
    expect(rows.filter(({ memberId }) => memberId === north.viewerId)).toHaveLength(1);
  });

  it("says nothing of another company's people", async () => {
    await south.asRole("Viewer").mutation(api.presence.beat, {});
    expect(await seen(south)).toEqual([]);
  });

  it("is not told for more people at once than a page shows", async () => {
    await expect(seen(north, Array(201).fill(north.viewerId))).rejects.toThrow("INVALID");
  });
});
