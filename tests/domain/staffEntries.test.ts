import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../convex/_generated/api.js";
import { TENANT_TABLES } from "../../convex/tenancy/tables.ts";
import { ENTRY_MS, REQUEST_MS } from "../../lib/staffEntry.ts";
import { type Backend, backend } from "../support/backend.ts";
import { passTime } from "../support/passTime.ts";
import { staffOf } from "../support/staff.ts";
import { signUp, type TestTenant, worldOf } from "../support/tenant.ts";

type Caller = TestTenant["as"];

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let support: Caller;
let operator: Caller;

beforeEach(async () => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  // The one that signUp() leaves is not of these tests.
  await t.run(async ({ db }) => {
    for (const { _id } of await db.query("staffEntries").collect()) await db.delete(_id);
  });
  support = await staffOf(t, "support");
  operator = await staffOf(t, "operator");
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const reason = "Asked why leads came in twice";
const enter = (as: Caller, tenant: TestTenant, access: "read" | "write" = "read") =>
  as.mutation(api.staff.entries.enter, { tenantId: tenant.tenantId, access, reason });
const page = { paginationOpts: { numItems: 20, cursor: null } };
const entriesOf = async (tenant: TestTenant) =>
  (await tenant.as.query(api.supportAccess.list, page)).page;
const bellOf = async (tenant: TestTenant) =>
  (await tenant.as.query(api.notifications.list, page)).page;
const auditOf = (tenant: TestTenant) =>
  t.run(async ({ db }) =>
    (
      await db
        .query("auditLog")
        .withIndex("by_tenant", (q) => q.eq("tenantId", tenant.tenantId))
        .collect()
    ).map(({ action, actor, subject, changes, reason: why }) => ({
      ...{ action, actor, subject, changes, reason: why },
    })),
  );
const platformTrail = () =>
  t.run(async ({ db }) =>
    (await db.query("staffAudit").collect()).map(({ action, subject, staffName, tenant }) => ({
      ...{ action, subject, staffName, tenant },
    })),
  );

describe("entering a company", () => {
  it("shows that company, under one's own name, and its administrators are told", async () => {
    expect(await enter(support, north)).toBe("open");
    const me = await support.query(api.members.me, {});
    expect(me).toMatchObject({
      member: null,
      visit: { name: "Robin support", access: "read", reason, endsAt: Date.now() + ENTRY_MS },
      tenant: { name: "north Solar" },
    });
    expect((await support.query(api.projects.list, page)).page[0]?.name).toBe("Roof of north");
    expect((await bellOf(north))[0]).toMatchObject({
      ...{ kind: "supportEntered", by: "Robin support (Sunup)", excerpt: reason },
    });
    expect((await auditOf(north)).at(-1)).toMatchObject({
      ...{ action: "support.entered", actor: { kind: "staff", name: "Robin support" }, reason },
    });
    expect((await platformTrail()).at(-1)).toMatchObject({
      ...{ action: "company.entered", staffName: "Robin support", tenant: north.tenantId },
    });
    expect(await entriesOf(south)).toEqual([]);
    expect((await bellOf(south))[0]?.kind).not.toBe("supportEntered");
  });

  it("needs a reason, and changes only for operators", async () => {
    const before = await worldOf(t, north.tenantId, TENANT_TABLES);
    const without = { tenantId: north.tenantId, access: "read" as const, reason: "  " };
    await expect(support.mutation(api.staff.entries.enter, without)).rejects.toThrow(/INVALID/);
    await expect(
      support.mutation(api.staff.entries.enter, { ...without, reason: "x".repeat(501) }),
    ).rejects.toThrow(/INVALID.*"field":"reason"/);
    await expect(enter(support, north, "write")).rejects.toThrow("FORBIDDEN");
    expect(await worldOf(t, north.tenantId, TENANT_TABLES)).toBe(before);
  });

  it("is into one company at a time", async () => {
    await enter(support, north);
    await expect(enter(support, south)).rejects.toThrow("You are in north Solar.");
    await support.mutation(api.staff.entries.leave, {});
    await enter(support, south);
    expect((await support.query(api.projects.list, page)).page[0]?.name).toBe("Roof of south");
  });

  it("ends after half an hour, by itself and for good", async () => {
    await enter(support, north);
    await passTime(t, ENTRY_MS - 60_000);
    expect(await support.query(api.staff.entries.mine, {})).toMatchObject({ state: "open" });
    await passTime(t, 60_000);
    await expect(support.query(api.projects.list, page)).rejects.toThrow("NO_TENANT");
    expect(await entriesOf(north)).toMatchObject([{ state: "ended", ending: "expired" }]);
    expect((await platformTrail()).at(-1)).toMatchObject({ action: "company.entryEnded" });
  });

  it("ends at once when one leaves, and leaving twice changes nothing", async () => {
    await enter(support, north);
    await support.mutation(api.staff.entries.leave, {});
    await expect(support.query(api.projects.list, page)).rejects.toThrow("NO_TENANT");
    const before = await worldOf(t, north.tenantId, TENANT_TABLES);
    await support.mutation(api.staff.entries.leave, {});
    expect(await worldOf(t, north.tenantId, TENANT_TABLES)).toBe(before);
  });

  it("ends at once when an administrator sends one out", async () => {
    await enter(support, north);
    const [entry] = await entriesOf(north);
    await expect(
      south.as.mutation(api.supportAccess.endNow, { entryId: entry!._id }),
    ).rejects.toThrow("NOT_FOUND");
    await support.query(api.projects.list, page);
    await north.as.mutation(api.supportAccess.endNow, { entryId: entry!._id });
    await expect(support.query(api.projects.list, page)).rejects.toThrow("NO_TENANT");
    expect(await entriesOf(north)).toMatchObject([
      { ending: "endedByCompany", decidedBy: "Ada north" },
    ]);
    await passTime(t, 1_000);
    expect((await platformTrail()).at(-1)).toMatchObject({ action: "company.entryEnded" });
  });
});

describe("a company that wants to be asked", () => {
  beforeEach(() => north.as.mutation(api.supportAccess.setConsent, { required: true }));

  it("lets nobody in before an administrator allows it, who are told and get a mail", async () => {
    expect(await enter(support, north)).toBe("requested");
    await expect(support.query(api.projects.list, page)).rejects.toThrow("NO_TENANT");
    expect((await bellOf(north))[0]).toMatchObject({ kind: "supportRequested", excerpt: reason });
    const mails = await t.run(({ db }) => db.query("emails").collect());
    expect(mails.filter(({ message }) => message.kind === "supportRequested")).toMatchObject([
      { tenantId: north.tenantId, to: "admin@north.test" },
    ]);
    const [entry] = await north.as.query(api.supportAccess.current, {});
    // Half a day later: the half hour begins with the answer.
    await passTime(t, REQUEST_MS / 2);
    await north.as.mutation(api.supportAccess.grant, { entryId: entry!._id });
    await passTime(t, ENTRY_MS - 60_000);
    expect((await support.query(api.projects.list, page)).page[0]?.name).toBe("Roof of north");
    await passTime(t, 60_000);
    await expect(support.query(api.projects.list, page)).rejects.toThrow("NO_TENANT");
    expect((await platformTrail()).map(({ action }) => action).slice(-3)).toEqual([
      ...["company.entryRequested", "company.entryGranted", "company.entryEnded"],
    ]);
  });

  it("is asked once: a refusal, a withdrawal and a day without an answer are final", async () => {
    await enter(support, north);
    const [first] = await entriesOf(north);
    await north.as.mutation(api.supportAccess.refuse, { entryId: first!._id });
    await expect(
      north.as.mutation(api.supportAccess.grant, { entryId: first!._id }),
    ).rejects.toThrow("CONFLICT");

    await enter(support, north);
    const [second] = await entriesOf(north);
    await support.mutation(api.staff.entries.leave, {});
    await expect(
      north.as.mutation(api.supportAccess.grant, { entryId: second!._id }),
    ).rejects.toThrow("CONFLICT");

    await enter(support, north);
    await passTime(t, REQUEST_MS);
    const ended = await entriesOf(north);
    expect(ended.map(({ ending }) => ending)).toEqual(["unanswered", "left", "refused"]);
    await expect(
      north.as.mutation(api.supportAccess.grant, { entryId: ended[0]!._id }),
    ).rejects.toThrow("CONFLICT");
    await expect(support.query(api.projects.list, page)).rejects.toThrow("NO_TENANT");
  });

  it("decides for itself: staff who are in to help can change nothing of it", async () => {
    await north.as.mutation(api.supportAccess.setConsent, { required: false });
    await enter(operator, north, "write");
    await expect(
      operator.mutation(api.supportAccess.setConsent, { required: true }),
    ).rejects.toThrow("FORBIDDEN");
    expect(await north.as.query(api.supportAccess.consent, {})).toEqual({ required: false });
  });
});

describe("what staff change", () => {
  it("stands in the timeline and in both trails under their own name, before and after", async () => {
    await enter(operator, north, "write");
    const change = { projectId: north.projectId, name: "Barn of north" };
    await operator.mutation(api.projects.update, change);
    const { page: lines } = await north.as.query(api.activity.ofProject, {
      ...{ ...page, projectId: north.projectId },
    });
    expect(lines[0]).toMatchObject({
      kind: "changed",
      actor: { kind: "staff", name: "Robin operator (Sunup)" },
    });
    const renamed = { field: "projects.name", before: "Roof of north", after: "Barn of north" };
    expect((await auditOf(north)).at(-1)).toMatchObject({
      action: "support.changed",
      actor: { kind: "staff", name: "Robin operator" },
      changes: expect.arrayContaining([renamed]) as unknown,
      reason,
    });
    const told = await t.run(({ db }) => db.query("staffAudit").order("desc").first());
    expect(told).toMatchObject({ action: "company.changed", tenant: north.tenantId, reason });
    expect(told?.changes).toContainEqual(renamed);
  });

  it("is told once in the company's trail where the change has a line of its own there", async () => {
    await enter(operator, north, "write");
    await operator.mutation(api.campaigns.create, { name: "Spring fair" });
    const actions = (await auditOf(north)).map(({ action }) => action);
    expect(actions.slice(-2)).toEqual(["support.entered", "campaign.created"]);
    expect((await platformTrail()).at(-1)).toMatchObject({ action: "company.changed" });
  });

  it("is told without the keys that open something", async () => {
    await enter(operator, north, "write");
    await operator.mutation(api.campaigns.rotateFormToken, { campaignId: north.campaignId });
    const told = await t.run(({ db }) => db.query("staffAudit").order("desc").first());
    expect(told?.changes).toEqual([{ field: "campaigns.formToken", before: "old", after: "new" }]);
  });
});
