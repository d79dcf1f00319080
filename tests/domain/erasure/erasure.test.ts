import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import type { Id } from "../../../convex/_generated/dataModel.js";
import { TENANT_TABLES } from "../../../convex/tenancy/tables.ts";
import { type Backend, backend, clerkEvent, deliver, identityOf } from "../../support/backend.ts";
import {
  erasureOf,
  everything,
  expectNoTrace,
  outsideWorld,
  toTheEnd,
} from "../../support/erasing.ts";
import { staffOf, staffPerson } from "../../support/staff.ts";
import { signUp, type TestTenant, worldOf } from "../../support/tenant.ts";

/** Everything of a company goes, and nothing of the others. */

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let operator: Awaited<ReturnType<typeof staffOf>>;
let owner: typeof operator;
let calls: string[];
let erasureId: Id<"erasures">;

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-23T12:00:00Z"), toFake: ["Date", "setTimeout"] });
  vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.spyOn(console, "error").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  await withdrawFirst();
  operator = await staffOf(t, "operator");
  owner = await staffOf(t, "owner");
  await leaveTraces();
  calls = outsideWorld();
  erasureId = await operator.mutation(api.staff.erasures.request, {
    ...{ tenantId: north.tenantId, companyName: "north Solar", reason: "A letter of 11/20" },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** The requests that come with the companies are taken back: these tests make their own. */
async function withdrawFirst() {
  for (const { erasureId: first } of [north, south]) {
    await t.run(({ db }) => db.patch("erasures", first, { state: "withdrawn" }));
  }
}

/** What a company leaves on the platform's side in the course of time. */
async function leaveTraces() {
  const { tenantId } = north;
  await operator.mutation(api.staff.notes.add, { tenantId, text: "Ada of north Solar called" });
  await operator.mutation(api.staff.entries.enter, {
    ...{ tenantId, access: "read", reason: "north Solar asked us" },
  });
  await t.mutation(internal.tenantSummaries.count, { tenantId });
  await t.mutation(internal.tenantSummaries.count, { tenantId: south.tenantId });
  await t.mutation(internal.platformTotals.follow, {});
  await t.mutation(internal.tenantSummaries.count, { tenantId });
  await t.run(async ({ db }) => {
    const use = { calls: 1, bytesRead: 1, bytesWritten: 1, documentsRead: 1, documentsWritten: 1 };
    const company = { scope: "company" as const, tenant: tenantId, name: "north Solar" };
    const rest = { period: "2026-11", computeMs: 1, egressBytes: 1, cost: 1 };
    await db.insert("tenantUsage", { ...company, ...use, ...rest });
    await db.insert("recentFailures", { client: north.admin.id, path: "a:b", at: 1 });
    await db.insert("failureMinutes", { client: north.admin.id, minute: 0, count: 1 });
    const line = { kind: "crossTenantAccess" as const, at: 1, count: 1, path: "", requestId: "" };
    await db.insert("securityAuditLog", {
      ...{ ...line, tenant: tenantId, tenantName: "north Solar", resource: "projects" },
    });
    await db.insert("securityAuditLog", {
      ...{ ...line, tenant: south.tenantId, tenantName: "south Solar", resource: "projects" },
      attemptedTenant: tenantId,
    });
    const mail = await db
      .query("emails")
      .withIndex("by_tenant", (q) => q.eq("tenantId", tenantId))
      .first();
    await db.patch("emails", mail!._id, { providerId: "re_north" });
    const event = { type: "email.bounced", detail: "", attempts: 1, receivedAt: 1 };
    await db.insert("webhookEvents", {
      ...{ ...event, source: "resend", eventId: "msg_1", subject: "re_north", status: "processed" },
    });
    // One that nothing leads to but the text that it kept.
    await db.insert("webhookEvents", {
      ...{ ...event, source: "resend", eventId: "msg_2", status: "failed" },
      body: JSON.stringify({ tags: { tenant: tenantId } }),
    });
    await db.insert("platformEmails", {
      ...{
        to: "alerts@sunup.test",
        status: "sent",
        attempts: 1,
        idempotencyKey: `alert/${north.alertId}`,
      },
      message: {
        kind: "staffAlert",
        data: { what: "", subjectName: "Ada north", companyName: "north Solar", count: 1, at: 1 },
      },
    });
  });
}

const erase = async () => {
  await owner.mutation(api.staff.erasures.confirm, { erasureId });
  return await toTheEnd(t, erasureId);
};

it("leaves no trace of the company, its people and its files", async () => {
  const { tenantId } = north;
  const slug = (await t.run(({ db }) => db.get("tenants", tenantId)))!.slug;
  await erase();
  const emails = ["admin", "manager", "invited", "customer", "lead"].map(
    (who) => `${who}@north.test`,
  );
  // The certificate names the company, and nobody of it.
  await expectNoTrace(t, [tenantId, ...emails, north.admin.id, "cus_north", "re_north"], []);
  await expectNoTrace(t, ["north Solar", slug, "of north"], ["erasures"]);
  const mine = (await everything(t)).erasures!.filter(({ _id }) => _id === erasureId);
  expect(JSON.stringify(mine)).not.toContain("Ada");
});

it("leaves every row, file and job of another company as it was", async () => {
  const of = async () => {
    const all = await everything(t);
    const isSouth = (row: object) => JSON.stringify(row).includes(south.tenantId);
    const named = Object.entries(all).map(([table, rows]) => [table, rows.filter(isSouth)]);
    const stored = all._storage!.length;
    return {
      named: JSON.stringify(named).replaceAll(`,"attemptedTenant":"${north.tenantId}"`, ""),
      stored,
    };
  };
  const rows = await worldOf(t, south.tenantId, TENANT_TABLES);
  const before = await of();
  const { documents, files, archiveSegments } = await everything(t);
  const ofNorth = ([...files!, ...archiveSegments!] as { tenantId?: string }[]).filter(
    ({ tenantId }) => tenantId === north.tenantId,
  );
  await erase();
  expect(documents!.length).toBeGreaterThan(0);
  expect(await worldOf(t, south.tenantId, TENANT_TABLES)).toBe(rows);
  const after = await of();
  expect(after.named).toBe(before.named);
  expect(before.stored - after.stored).toBe(ofNorth.length);
  expect(await south.as.query(api.projects.get, { projectId: south.projectId })).toMatchObject({
    name: "Roof of south",
  });
});

it("deletes the people at Clerk and the customer at Stripe, and nobody else's", async () => {
  await erase();
  const people = ["admin", "manager", "sales", "project-manager", "installer", "viewer"];
  expect(calls.filter((call) => call.includes("/users/")).sort()).toEqual(
    people.map((who) => `DELETE /v1/users/user_north_${who}`).sort(),
  );
  expect(calls.filter((call) => !call.includes("/users/"))).toEqual([
    ...[
      "GET /v1/subscriptions",
      "DELETE /v1/subscriptions/sub_1",
      "DELETE /v1/customers/cus_north",
    ],
  ]);
});

it("ends in a certificate that says what went, what stays, and who decided", async () => {
  const before = await everything(t);
  const countOf = (table: string) =>
    (before[table] as { tenantId?: string }[]).filter((row) => row.tenantId === north.tenantId)
      .length;
  const expected = TENANT_TABLES.map((table) => [table, countOf(table)] as const);
  await erase();
  const certificate = await operator.query(api.staff.erasures.get, { erasureId });
  const erased = new Map(certificate.erased.map(({ table, rows }) => [table, rows]));
  for (const [table, rows] of expected)
    expect([table, erased.get(table) ?? 0]).toEqual([table, rows]);
  expect(certificate).toMatchObject({
    ...{ state: "done", companyName: "north Solar", reason: "A letter of 11/20" },
    ...{ requestedByName: "Robin operator", confirmedByName: "Robin owner", found: 0 },
    ...{ accounts: 6, customers: 1, files: countOf("files") + countOf("archiveSegments") },
  });
  expect(certificate.tenant).toBeUndefined();
  expect(certificate.bytes).toBeGreaterThan(0);
  expect(certificate.jobs).toBeGreaterThan(0);
  expect(certificate.kept.map(({ what }) => what)).toContain("Invoices and payments at Stripe");
  // A text that nothing led to was found by the first scan and removed; the second found nothing.
  expect(certificate.scans).toBe(2);
});

it("keeps what staff did, without the company", async () => {
  await erase();
  const { number } = await erasureOf(t, erasureId);
  const { page } = await operator.query(api.staff.trail.recent, {
    paginationOpts: { numItems: 50, cursor: null },
  });
  const lines = page.map(({ action, subject, reason }) => ({ action, subject, reason }));
  expect(lines).toContainEqual({
    ...{ action: "erasure.confirmed", subject: `erased company ${number}`, reason: undefined },
  });
  expect(lines).toContainEqual({
    ...{ action: "company.entered", subject: `erased company ${number}`, reason: undefined },
  });
});

it("takes the company out of the totals, and leaves its sign-up in the month", async () => {
  const totals = async () =>
    await operator.query(api.staff.overview.totals, { today: "2026-11-23" });
  const before = await totals();
  await erase();
  await t.mutation(internal.platformTotals.follow, {});
  const after = await totals();
  const sum = (companies: { count: number }[]) =>
    companies.reduce((all, { count }) => all + count, 0);
  expect(sum(after.companies)).toBe(sum(before.companies) - 1);
  expect(after.signUps).toEqual(before.signUps);
});

describe("from the moment it is confirmed", () => {
  beforeEach(async () => {
    await owner.mutation(api.staff.erasures.confirm, { erasureId });
  });

  it("nobody of the company gets in, and no staff either", async () => {
    const list = (as: typeof north.as) =>
      as.query(api.projects.get, { projectId: north.projectId });
    await expect(list(north.as)).rejects.toMatchObject({ data: { code: "TENANT_CLOSED" } });
    await expect(list(operator)).rejects.toMatchObject({ data: { code: "NO_TENANT" } });
    const step = { tenantId: north.tenantId, revision: 0, reason: "A mistake" };
    const open = owner.mutation(api.staff.tenantSteps.reactivate, step);
    await expect(open).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
  });

  it("background work for it is refused and leaves nothing behind", async () => {
    const { tenantId } = north;
    const run = t.mutation(internal.tenantLifecycle.reactivate, {
      tenantId,
      staffName: "R",
      reason: "x",
    });
    await expect(run).rejects.toMatchObject({ data: { code: "NOT_FOUND" } });
    await toTheEnd(t, erasureId);
    await t.mutation(internal.tenantSummaries.count, { tenantId });
    await expectNoTrace(t, [tenantId], []);
  });
});

describe("an event of Clerk's about somebody of an erased company", () => {
  it("makes no company of them again, and neither does their open browser", async () => {
    await erase();
    const late = await deliver(t, clerkEvent("user.created", north.admin));
    expect(late.status).toBe(200);
    expect((await deliver(t, clerkEvent("user.deleted", north.admin))).status).toBe(200);
    expect((await deliver(t, clerkEvent("user.updated", north.admin))).status).toBe(200);
    const found = t
      .withIdentity(identityOf(north.admin))
      .mutation(api.onboarding.ensureTenant, { companyName: "north Solar", plan: "starter" });
    await expect(found).rejects.toMatchObject({ data: { code: "ACCOUNT_DELETED" } });
    expect((await everything(t)).tenants).toHaveLength(1);
    await expectNoTrace(t, ["admin@north.test"], []);
  });

  it("while it is under way changes nothing of it", async () => {
    await owner.mutation(api.staff.erasures.confirm, { erasureId });
    await t.mutation(internal.erasure.advance, { erasureId, step: 0 });
    const before = await worldOf(t, north.tenantId, TENANT_TABLES);
    await deliver(t, clerkEvent("user.deleted", north.admin));
    await deliver(t, clerkEvent("user.created", north.admin));
    expect(await worldOf(t, north.tenantId, TENANT_TABLES)).toBe(before);
  });
});

it("takes nothing in that Stripe says of the customer afterwards", async () => {
  await erase();
  const metadata = { tenantId: north.tenantId };
  const customer = { object: "customer", id: "cus_north", email: north.admin.email, metadata };
  const event = { id: "evt_1", type: "customer.deleted", livemode: false };
  const delivery = { source: "stripe" as const, eventId: "evt_1" };
  const body = JSON.stringify({ ...event, data: { object: customer } });
  expect(await t.mutation(internal.webhookEvents.receive, { ...delivery, body })).toMatchObject({
    status: "ignored",
  });
  await expectNoTrace(t, [north.tenantId, north.admin.email], []);
});

it("never deletes an account of Sunup's own people", async () => {
  const { id } = staffPerson("owner");
  await t.run(({ db }) => db.patch("members", north.viewerId, { clerkUserId: id }));
  await erase();
  expect(calls).not.toContain(`DELETE /v1/users/${id}`);
  expect(calls).toContain("DELETE /v1/users/user_north_admin");
});
