import { pick } from "convex-helpers";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import {
  type Backend,
  backend,
  type ClerkUser,
  clerkEvent,
  deliver,
  identityOf,
} from "../support/backend.ts";

/** Clerk's events of one user, each under the id that all its deliveries share. */
type Event = { id: string; body: unknown };

type Change = { firstName: string; email: string; verified: boolean };

/** Hundreds of deliveries take a second, or ten on a busy machine. */
const PATIENCE_MS = 60_000;

const USERS = ["ada", "ben"] as const;

/** What happened to a user at Clerk, in the order of its versions. */
function history(key: string, changes: Change[], deleted: boolean): Event[] {
  const user: ClerkUser = {
    id: `user_${key}`,
    email: `${key}@start.test`,
    firstName: key,
    unsafeMetadata: { companyName: `${key} Solar`, plan: "pro" },
    updatedAt: 1_000,
  };
  const event = (n: number, body: unknown) => ({ id: `msg_${key}_${n}`, body });
  return [
    event(0, clerkEvent("user.created", user)),
    ...changes.map((change, index) =>
      event(
        index + 1,
        clerkEvent("user.updated", { ...user, ...change, updatedAt: 2_000 + index }),
      ),
    ),
    ...(deleted
      ? [event(99, { type: "user.deleted", data: { id: user.id, deleted: true, object: "user" } })]
      : []),
  ];
}

const change: fc.Arbitrary<Change> = fc.record({
  firstName: fc.constantFrom("Ann", "Bea", "Cleo"),
  email: fc.constantFrom("one@later.test", "two@later.test"),
  verified: fc.boolean(),
});
const histories = fc.tuple(
  ...USERS.map((key) =>
    fc
      .tuple(fc.array(change, { maxLength: 4 }), fc.boolean())
      .map(([changes, deleted]) => history(key, changes, deleted)),
  ),
);
/** Every event at least once, some several times, in any order. */
const deliveries = histories.chain((users) => {
  const events = users.flat();
  return fc
    .array(fc.constantFrom(...events), { maxLength: 10 })
    .chain((again) =>
      fc.shuffledSubarray([...events, ...again], { minLength: events.length + again.length }),
    )
    .map((shuffled) => ({ inOrder: events, shuffled }));
});

/** All that anybody can tell afterwards: who gets in as whom, and how much there is of everything. */
async function outcome(t: Backend) {
  const people = await Promise.all(
    USERS.map(async (key) => {
      const as = t.withIdentity(identityOf({ id: `user_${key}`, email: `${key}@start.test` }));
      try {
        const { member, tenant } = await as.query(api.members.me, {});
        return { ...pick(member!, ["name", "email", "roles"]), in: tenant.name };
      } catch {
        return "no access";
      }
    }),
  );
  const open = people.filter((person) => person !== "no access").length;
  const rows = await t.run(async ({ db }) => {
    const members = await db.query("members").collect();
    const live = members.filter(({ status }) => status === "active").map((each) => each.tenantId);
    const of = <Row extends { tenantId: string }>(all: Row[]) =>
      all.filter(({ tenantId }) => (live as string[]).includes(tenantId)).length;
    return {
      tenants: live.length,
      stages: of(await db.query("pipelineStages").collect()),
      campaigns: of(await db.query("campaigns").collect()),
      usage: of(await db.query("usage").collect()),
      emails: of(await db.query("emails").collect()),
      audit: of(await db.query("auditLog").collect()),
    };
  });
  return { people, open, rows };
}

async function afterDelivering(events: Event[]) {
  const t = backend();
  for (const { id, body } of events) {
    const { status } = await deliver(t, body, id);
    expect(status).toBe(200);
  }
  return { t, seen: await outcome(t) };
}

async function counts(t: Backend) {
  return await t.run(async ({ db }) => ({
    tenants: (await db.query("tenants").collect()).length,
    members: (await db.query("members").collect()).length,
    stages: (await db.query("pipelineStages").collect()).length,
    emails: (await db.query("emails").collect()).length,
  }));
}

describe("Clerk's events", () => {
  it(
    "come to the same end in any order, some of them several times, as once in order",
    async () => {
      await fc.assert(
        fc.asyncProperty(deliveries, async ({ inOrder, shuffled }) => {
          const expected = await afterDelivering(inOrder);
          const { t, seen } = await afterDelivering(shuffled);
          expect(seen).toEqual(expected.seen);
          expect((await counts(t)).tenants).toBeLessThanOrEqual(USERS.length);
        }),
        { numRuns: 40 },
      );
    },
    PATIENCE_MS,
  );

  it(
    "never let anybody back in whose deletion has come, whatever comes after it",
    async () => {
      const deleted = fc.tuple(fc.array(change, { maxLength: 4 }), fc.nat()).chain(([changes]) => {
        const events = history("ada", changes, true);
        const [deletion] = events.slice(-1) as [Event];
        return fc
          .tuple(
            fc.shuffledSubarray(events, { minLength: 0 }),
            fc.array(fc.constantFrom(...events), { maxLength: 10 }),
          )
          .map(([before, after]) => [...before, deletion, ...after]);
      });
      await fc.assert(
        fc.asyncProperty(deleted, async (events) => {
          const { t, seen } = await afterDelivering(events);
          expect(seen.people[0]).toBe("no access");
          const as = t.withIdentity(identityOf({ id: "user_ada", email: "ada@start.test" }));
          const company = { companyName: "Back Again", plan: "starter" as const };
          const before = await counts(t);
          await as.mutation(api.onboarding.ensureTenant, company).catch(() => {});
          expect(await outcome(t)).toEqual(seen);
          expect(await counts(t)).toEqual(before);
        }),
        { numRuns: 40 },
      );
    },
    PATIENCE_MS,
  );

  it(
    "change nothing when the whole history is replayed a hundred times",
    async () => {
      const changes = [{ firstName: "Ann", email: "one@later.test", verified: true }];
      const events = [...history("ada", changes, false), ...history("ben", changes, true)];
      const { t, seen } = await afterDelivering(events);
      const before = await counts(t);
      for (let round = 0; round < 100; round++) {
        for (const { id, body } of events) await deliver(t, body, id);
      }
      expect(await outcome(t)).toEqual(seen);
      expect(await counts(t)).toEqual(before);
    },
    PATIENCE_MS,
  );
});

describe("fifty deliveries at the same moment", () => {
  let t: Backend;
  beforeEach(() => {
    t = backend();
  });
  const [created] = history("ada", [], false) as [Event];

  it.each([
    ["of one event", () => created.id],
    ["of one user under event ids of their own", (n: number) => `msg_${n}`],
  ])("%s make one company", async (_what, idOf) => {
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) => deliver(t, created.body, idOf(n))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await counts(t)).toEqual({ tenants: 1, members: 1, stages: 8, emails: 1 });
  });

  it("of a creation, an update and a deletion leave nobody in", async () => {
    const change = { firstName: "Ann", email: "one@later.test", verified: true };
    const events = history("ada", [change], true);
    await Promise.all(
      Array.from({ length: 50 }, (_, n) => {
        const { id, body } = events[n % events.length]!;
        return deliver(t, body, id);
      }),
    );
    expect((await outcome(t)).people).toEqual(["no access", "no access"]);
  });
});
