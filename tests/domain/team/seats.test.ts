import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import type { Id } from "../../../convex/_generated/dataModel.js";
import { PLANS } from "../../../lib/plans.ts";
import { type Backend, backend, clerkEvent, deliver } from "../../support/backend.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

const LIMIT = PLANS.pro.limits.users!;

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  // What is scheduled stays undone: seats do not wait for Clerk.
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});
afterEach(() => {
  vi.useRealTimers();
});

function inviteTo(emails: string[], { as } = north) {
  return as.mutation(api.invitations.invite, { emails, roles: ["Sales"], primaryRole: "Sales" });
}

/** Active members and pending invitations as the rows have them. */
async function taken(tenantId: Id<"tenants">): Promise<number> {
  return await t.run(async ({ db }) => {
    const members = await db.query("members").collect();
    const invitations = await db.query("invitations").collect();
    return (
      members.filter((each) => each.tenantId === tenantId && each.status === "active").length +
      invitations.filter((each) => each.tenantId === tenantId && each.status === "pending").length
    );
  });
}

const seats = (tenant: TestTenant) => tenant.as.query(api.members.seats, {});

describe("seats", () => {
  it("are taken by active members and by pending invitations", async () => {
    expect(await seats(north)).toEqual({ used: await taken(north.tenantId), limit: LIMIT });
    await inviteTo(["a@x.test", "b@x.test"]);
    expect(await seats(north)).toEqual({ used: await taken(north.tenantId), limit: LIMIT });
  });

  it("go to exactly one of a hundred invitations at once when one is left", async () => {
    const free = LIMIT - (await taken(north.tenantId));
    await inviteTo(Array.from({ length: free - 1 }, (_, n) => `early${n}@x.test`));
    const before = await seats(south);

    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, n) => inviteTo([`late${n}@x.test`])),
    );

    const refused = results.filter((each) => each.status === "rejected");
    expect(refused).toHaveLength(99);
    for (const { reason } of refused) expect(String(reason)).toContain("LIMIT_REACHED");
    expect(await taken(north.tenantId)).toBe(LIMIT);
    expect(await seats(north)).toEqual({ used: LIMIT, limit: LIMIT });
    expect(await seats(south)).toEqual(before);
  });

  it("are given to all or none of a form, and the refusal says how many are left", async () => {
    const free = LIMIT - (await taken(north.tenantId));
    const many = Array.from({ length: free + 1 }, (_, n) => `p${n}@x.test`);
    await expect(inviteTo(many)).rejects.toThrow(
      `Your plan has room for ${LIMIT} people: ${free} more fit, ${free + 1} do not.`,
    );
    expect(await taken(north.tenantId)).toBe(LIMIT - free);
    await inviteTo(many.slice(1));
    await expect(inviteTo(["one-more@x.test"])).rejects.toThrow(
      `Your plan has room for ${LIMIT} people, and every place is taken.`,
    );
  });

  it("of a plan for one person are taken from the start", async () => {
    const tiny = await signUp(t, "tiny", "starter");
    await expect(inviteTo(["a@x.test"], tiny)).rejects.toThrow("room for one person");
  });

  it("have no end in a plan without a limit", async () => {
    await t.run(({ db }) => db.patch("tenants", north.tenantId, { plan: "enterprise" }));
    await inviteTo(Array.from({ length: 20 }, (_, n) => `p${n}@x.test`));
    expect((await seats(north)).limit).toBeNull();
  });

  it("need one again when an access is turned on again", async () => {
    const free = LIMIT - (await taken(north.tenantId));
    await north.as.mutation(api.members.deactivate, { memberId: north.viewerId });
    await inviteTo(Array.from({ length: free + 1 }, (_, n) => `p${n}@x.test`));
    await expect(
      north.as.mutation(api.members.reactivate, { memberId: north.viewerId }),
    ).rejects.toThrow("LIMIT_REACHED");
    const viewer = await t.run(({ db }) => db.get("members", north.viewerId));
    expect(viewer?.status).toBe("deactivated");
  });

  const STEPS = {
    invite: (n: number) => inviteTo([`new${n}@x.test`]),
    inviteAgain: () => inviteTo(["invited@north.test"]),
    revoke: () => north.as.mutation(api.invitations.revoke, { invitationId: north.invitationId }),
    resend: () => north.as.mutation(api.invitations.resend, { invitationId: north.invitationId }),
    deactivate: () => north.as.mutation(api.members.deactivate, { memberId: north.viewerId }),
    reactivate: () => north.as.mutation(api.members.reactivate, { memberId: north.viewerId }),
    viewerLeaves: () =>
      deliver(t, { type: "user.deleted", data: { id: "user_north_viewer", deleted: true } }),
    invitedJoins: () =>
      deliver(
        t,
        clerkEvent("user.created", {
          id: "user_invited",
          email: "invited@north.test",
          publicMetadata: { invitationId: north.invitationId },
        }),
      ),
  };

  it("agree with the rows whatever happens, in whatever order", { timeout: 60_000 }, async () => {
    const step = fc.constantFrom(...(Object.keys(STEPS) as (keyof typeof STEPS)[]));
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 15 }), async (steps) => {
        t = backend();
        north = await signUp(t, "north");
        // A refusal is fine; the count must hold after it too.
        for (const [n, each] of steps.entries()) await STEPS[each](n).catch(() => {});
        expect((await seats(north)).used).toBe(await taken(north.tenantId));
        expect(await taken(north.tenantId)).toBeLessThanOrEqual(LIMIT);
      }),
      { numRuns: 40 },
    );
  });
});
