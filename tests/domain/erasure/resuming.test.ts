import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import type { Id } from "../../../convex/_generated/dataModel.js";
import { BATCH_ROWS } from "../../../convex/tenancy/erasure/batch.ts";
import { type Backend, backend } from "../../support/backend.ts";
import {
  erasureOf,
  everything,
  expectNoTrace,
  nextBatch,
  outsideWorld,
  toTheEnd,
} from "../../support/erasing.ts";
import { staffOf } from "../../support/staff.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

/** An erasure that is killed, repeated, done twice at once, or refused by Clerk and Stripe. */

const NOON = Date.parse("2026-11-23T12:00:00Z");
const MINUTE = 60_000;

let t: Backend;
let north: TestTenant;
let erasureId: Id<"erasures">;

beforeEach(async () => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date", "setTimeout"] });
  vi.spyOn(console, "error").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  await signUp(t, "south");
  erasureId = north.erasureId;
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function begin() {
  const operator = await staffOf(t, "operator");
  await operator.mutation(api.staff.erasures.confirm, { erasureId });
}

/** What the certificate says, without when. */
async function certificate() {
  const { erased, nameless, files, bytes, accounts, customers, invitations, state } =
    await erasureOf(t, erasureId);
  const byTable = [...erased].sort((one, other) => one.table.localeCompare(other.table));
  return { erased: byTable, nameless, files, bytes, accounts, customers, invitations, state };
}

/** Everything but what only says how often something was tried. */
async function theRest() {
  const { erasures: _tries, _scheduled_functions: _jobs, ...rest } = await everything(t);
  return JSON.stringify(rest);
}

it("comes to the same end when every batch is lost once and begun anew by the cron", async () => {
  outsideWorld();
  await begin();
  while ((await erasureOf(t, erasureId)).state === "running") {
    // The batch that is scheduled never runs: the deployment was killed. A minute or ten later:
    vi.setSystemTime((await erasureOf(t, erasureId)).nextAttemptAt! + 1);
    await t.mutation(internal.erasure.sweep, {});
    await nextBatch(t, erasureId);
  }
  await expectNoTrace(t, [north.tenantId, "admin@north.test"], []);
  expect(await certificate()).toMatchObject({ state: "done", accounts: 6, customers: 1 });
});

it("leaves a company that nobody can use, wherever it stops", async () => {
  outsideWorld();
  await begin();
  const codes = new Set<unknown>();
  do {
    const look = north.as.query(api.projects.get, { projectId: north.projectId });
    codes.add(
      await look
        .then(() => "let in")
        .catch((error) => (error as { data: { code: string } }).data.code),
    );
  } while ((await nextBatch(t, erasureId)).state === "running");
  expect([...codes]).toEqual(["TENANT_CLOSED", "NO_TENANT"]);
});

it("counts and changes nothing twice when batches are repeated, or two workers are at it", async () => {
  outsideWorld();
  await begin();
  for (let { step, phase, state } = await erasureOf(t, erasureId); state === "running";) {
    await Promise.all([
      t.mutation(internal.erasure.advance, { erasureId, step }),
      t.mutation(internal.erasure.advance, { erasureId, step }),
    ]);
    if (phase === "accounts") {
      const at = { erasureId, step: step + 1 };
      await Promise.all([
        t.action(internal.erasure.closeAccounts, at),
        t.action(internal.erasure.closeAccounts, at),
      ]);
    }
    const [after, done] = [await theRest(), await certificate()];
    await t.mutation(internal.erasure.advance, { erasureId, step });
    if (phase === "accounts") {
      await t.action(internal.erasure.closeAccounts, { erasureId, step: step + 1 });
    }
    expect((await theRest()) === after, `the batch of ${phase} changed something again`).toBe(true);
    expect(await certificate()).toEqual(done);
    ({ step, phase, state } = await erasureOf(t, erasureId));
  }
  expect(await certificate()).toMatchObject({ state: "done", accounts: 6, customers: 1 });
  const { erased } = await erasureOf(t, erasureId);
  expect(erased.find(({ table }) => table === "members")).toEqual({ table: "members", rows: 6 });
});

describe("accounts elsewhere", () => {
  it("are tried again, later and later, until they are gone; one that is gone already is done", async () => {
    let clerkIsDown = true;
    const down = () => new Response("down", { status: 503 });
    const calls = outsideWorld((call) => {
      if (call === "DELETE /v1/customers/cus_north") return notFoundAtStripe();
      if (!call.includes("/users/")) return undefined;
      return clerkIsDown ? down() : new Response("{}", { status: 404 });
    });
    await begin();
    while ((await erasureOf(t, erasureId)).phase !== "accounts") await nextBatch(t, erasureId);
    const waits = [];
    for (let tries = 0; tries < 3; tries++) {
      const { nextAttemptAt, problem } = await nextBatch(t, erasureId);
      expect(problem).toBe("Clerk answered 503: down");
      waits.push((nextAttemptAt! - Date.now()) / 1000);
    }
    expect(waits).toEqual([30, 60, 120]);
    const members = async () => (await everything(t)).members!.length;
    const before = await members();
    await t.mutation(internal.erasure.sweep, {});
    clerkIsDown = false;
    vi.setSystemTime(Date.now() + 3 * MINUTE);
    await t.mutation(internal.erasure.sweep, {});
    await toTheEnd(t, erasureId);
    expect(await members()).toBe(before - 6);
    expect(calls.filter((call) => call.includes("/customers/"))).toHaveLength(1);
    expect(await certificate()).toMatchObject({ state: "done", accounts: 6, customers: 1 });
  });

  it("withdraws an invitation that is open at Clerk", async () => {
    const calls = outsideWorld();
    await t.run(({ db }) =>
      db.patch("invitations", north.invitationId, { clerkInvitationId: "inv_north" }),
    );
    await begin();
    await toTheEnd(t, erasureId);
    expect(calls).toContain("POST /v1/invitations/inv_north/revoke");
  });
});

it("erases more rows than one batch holds, each batch well below half of Convex's limits", async () => {
  // Half of what Convex allows is 8,000 documents written and 16,000 read: this is a quarter of it.
  t = backend({ documentsRead: 4_000, documentsWritten: 2_000 });
  const { tenantId, erasureId: ofNorth } = await signUp(t, "north");
  erasureId = ofNorth;
  outsideWorld();
  // As many rows as four batches, each with a report of its mail.
  const more = 3 * BATCH_ROWS;
  await t.run(async ({ db }) => {
    const mail = (await db
      .query("emails")
      .withIndex("by_tenant", (q) => q.eq("tenantId", tenantId))
      .first())!;
    const { _id, _creationTime, ...copy } = mail;
    for (let n = 0; n < more; n++) {
      await db.insert("emails", { ...copy, idempotencyKey: `copy/${n}`, providerId: `re_${n}` });
      await db.insert("webhookEvents", {
        ...{ source: "resend", eventId: `msg_${n}`, type: "email.sent", subject: `re_${n}` },
        ...{ status: "processed", detail: "", attempts: 1, receivedAt: 1 },
      });
    }
  });
  await begin();
  expect(await toTheEnd(t, erasureId)).toBeGreaterThan(4);
  const { erased } = await erasureOf(t, erasureId);
  const rowsOf = (table: string) => erased.find((each) => each.table === table)?.rows;
  expect(rowsOf("emails")).toBeGreaterThan(more);
  expect(rowsOf("webhookEvents")).toBeGreaterThanOrEqual(more);
});

function notFoundAtStripe(): Response {
  const error = { type: "invalid_request_error", code: "resource_missing", message: "No such" };
  return Response.json({ error }, { status: 404 });
}
