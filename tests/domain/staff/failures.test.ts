import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import type { Doc, Id } from "../../../convex/_generated/dataModel.js";
import { RETRY_AFTER_MS } from "../../../convex/model/invitationDelivery.ts";
import { RETRIES_AT_ONCE } from "../../../lib/staff.ts";
import { type Backend, backend, deliver } from "../../support/backend.ts";
import { staffOf } from "../../support/staff.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

/** What failed anywhere, as Sunup's staff see it and try it again. */

const NOON = Date.parse("2026-11-23T12:00:00Z");
const page = { paginationOpts: { numItems: 10, cursor: null } };

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let support: Awaited<ReturnType<typeof staffOf>>;
let operator: typeof support;
beforeEach(async () => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date", "setTimeout"] });
  vi.spyOn(console, "error").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  support = await staffOf(t, "support");
  operator = await staffOf(t, "operator");
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const mails = () => t.run(({ db }) => db.query("emails").collect());
const auditOf = async ({ tenantId }: TestTenant) =>
  (await t.run(({ db }) => db.query("auditLog").collect()))
    .filter((line) => line.tenantId === tenantId)
    .map(({ action, actor, subject }) => ({ action, actor, subject }));
const staffTrail = async () =>
  (await t.run(({ db }) => db.query("staffAudit").collect()))
    .filter(({ action }) => action.endsWith(".retried"))
    .map(({ staffName, action, tenant, subject }) => ({ staffName, action, tenant, subject }));

/** Has Resend refuse a company's welcome mail. */
async function refuseMailOf({ tenantId }: TestTenant, reason: string): Promise<Id<"emails">> {
  const mail = (await mails()).find((each) => each.tenantId === tenantId)!;
  const outcome = { kind: "refused" as const, reason };
  await t.run(({ db }) => db.patch("emails", mail._id, { status: "sending", attempts: 1 }));
  const attempt = { tenantId, emailId: mail._id, attempt: 1, outcome };
  await t.mutation(internal.emails.outbox.finish, attempt);
  return mail._id;
}

describe("mail that failed", () => {
  it("shows which company's, of which kind and why, and neither address nor contents", async () => {
    await refuseMailOf(north, "422 invalid: admin@north.test is no mailbox");
    vi.setSystemTime(NOON + 60_000);
    await refuseMailOf(south, "domain_not_verified");
    const { page: shown } = await support.query(api.staff.failures.emails, page);
    expect(shown.map(({ _id, ...failure }) => failure)).toEqual([
      {
        ...{ tenantId: south.tenantId, company: "south Solar", kind: "welcome" },
        ...{ error: "domain_not_verified", failedAt: NOON + 60_000 },
      },
      {
        ...{ tenantId: north.tenantId, company: "north Solar", kind: "welcome" },
        ...{ error: "422 invalid: (address) is no mailbox", failedAt: NOON },
      },
    ]);
  });

  it("is sent again once, and both trails say by whom; another company's stays", async () => {
    const failed = await refuseMailOf(north, "no");
    const other = await refuseMailOf(south, "no");
    const ids = [failed, failed];
    expect(await operator.mutation(api.staff.failures.retryEmails, { ids })).toBe(1);
    expect(await operator.mutation(api.staff.failures.retryEmails, { ids })).toBe(0);
    const again = (await mails()).filter((mail) => mail.idempotencyKey === `retry/${failed}`);
    expect(again).toMatchObject([{ tenantId: north.tenantId, status: "queued" }]);
    const { page: left } = await support.query(api.staff.failures.emails, page);
    expect(left.map(({ _id }) => _id)).toEqual([other]);
    expect(await staffTrail()).toEqual([
      {
        ...{ staffName: "Robin operator", action: "email.retried" },
        ...{ tenant: north.tenantId, subject: "north Solar" },
      },
    ]);
    expect(await auditOf(north)).toContainEqual({
      ...{ action: "email.retried", subject: "admin@north.test" },
      actor: { kind: "staff", name: "Robin operator" },
    });
    expect(await auditOf(south)).not.toContainEqual(
      expect.objectContaining({ action: "email.retried" }),
    );
  });

  it("is not what was delivered after all, or never failed", async () => {
    const failed = await refuseMailOf(north, "no");
    const sent = (await mails()).find(({ tenantId }) => tenantId === south.tenantId)!;
    const event = {
      ...{ type: "email.delivered", created_at: "2026-11-23T12:00:00Z" },
      data: {
        email_id: "re_1",
        tags: { tenant: north.tenantId, email: failed },
      },
    };
    const body = JSON.stringify(event);
    const delivery = { source: "resend" as const, eventId: "msg_1", body };
    await t.mutation(internal.webhookEvents.receive, delivery);
    expect((await support.query(api.staff.failures.emails, page)).page).toEqual([]);
    const before = await mails();
    const ids = [failed, sent._id];
    expect(await operator.mutation(api.staff.failures.retryEmails, { ids })).toBe(0);
    expect(await mails()).toEqual(before);
  });

  it("is tried again by operators only, and not without bound", async () => {
    const ids = [await refuseMailOf(north, "no")];
    const before = await mails();
    for (const as of [support, north.as]) {
      await expect(as.mutation(api.staff.failures.retryEmails, { ids })).rejects.toThrow(
        "NOT_FOUND",
      );
    }
    const many = Array.from({ length: RETRIES_AT_ONCE + 1 }, () => ids[0]!);
    await expect(operator.mutation(api.staff.failures.retryEmails, { ids: many })).rejects.toThrow(
      `At most ${RETRIES_AT_ONCE}`,
    );
    expect(await mails()).toEqual(before);
  });
});

describe("an invitation that Clerk never followed", () => {
  async function giveUp({ invitationId }: TestTenant): Promise<Doc<"invitations">> {
    await t.run(({ db }) =>
      db.patch("invitations", invitationId, {
        ...{ round: 2, settledRound: 1, problem: "refused" },
        attempts: RETRY_AFTER_MS.length,
      }),
    );
    const { tenantId } = (await t.run(({ db }) => db.get("invitations", invitationId)))!;
    await t.mutation(internal.invitationDelivery.retry, { tenantId, invitationId, round: 2 });
    return (await t.run(({ db }) => db.get("invitations", invitationId)))!;
  }

  it("is seen once its tries are over, without the address, and tried from the start", async () => {
    expect((await giveUp(north)).failedAt).toBe(NOON);
    const untouched = await giveUp(south);
    const { page: shown } = await support.query(api.staff.failures.invitations, page);
    expect(shown.find(({ tenantId }) => tenantId === north.tenantId)).toEqual({
      ...{ _id: north.invitationId, tenantId: north.tenantId, company: "north Solar" },
      ...{ kind: "make", error: "refused", failedAt: NOON },
    });
    const ids = [north.invitationId];
    expect(await operator.mutation(api.staff.failures.retryInvitations, { ids })).toBe(1);
    expect(await operator.mutation(api.staff.failures.retryInvitations, { ids })).toBe(0);
    const [own, others] = await t.run(({ db }) =>
      Promise.all([north, south].map((each) => db.get("invitations", each.invitationId))),
    );
    expect(own).toMatchObject({ round: 2, attempts: 1 });
    expect(own?.failedAt).toBeUndefined();
    expect(others).toEqual(untouched);
    expect(await auditOf(north)).toContainEqual({
      ...{ action: "invitation.retried", subject: "invited@north.test" },
      actor: { kind: "staff", name: "Robin operator" },
    });
  });

  it("is forgotten when the administrator sends it again, or Clerk answers late", async () => {
    await giveUp(north);
    await giveUp(south);
    await north.as.mutation(api.invitations.resend, { invitationId: north.invitationId });
    const late = { tenantId: south.tenantId, invitationId: south.invitationId, round: 2 };
    await t.mutation(internal.invitationDelivery.settle, { ...late, url: "https://x.test/join" });
    expect((await support.query(api.staff.failures.invitations, page)).page).toEqual([]);
  });
});

describe("a webhook's event that failed", () => {
  const failWith = async (eventId: string, type: string) =>
    await deliver(t, { type, data: { first_name: 7, id: "user_x" } }, eventId);

  it("shows what came and why it failed, and not its body", async () => {
    await failWith("msg_bad", "user.created");
    const { page: shown } = await support.query(api.staff.failures.webhooks, page);
    expect(shown).toMatchObject([{ source: "clerk", type: "user.created", attempts: 1 }]);
    expect(shown[0]!.error).toMatch(/^primary_email_address_id/);
    expect(JSON.stringify(shown)).not.toContain("user_x");
  });

  it("is tried again, alone or with others; one that was done stays as it was", async () => {
    await failWith("msg_bad", "user.created");
    await failWith("msg_worse", "user.updated");
    const rows = await t.run(({ db }) => db.query("webhookEvents").collect());
    const ids = [...rows.map(({ _id }) => _id), "nonsense", north.tenantId];
    const done = rows.filter(({ status }) => status === "processed");
    expect(await operator.mutation(api.staff.failures.retryWebhooks, { ids })).toBe(2);
    vi.advanceTimersByTime(0);
    await t.finishInProgressScheduledFunctions();
    const { page: shown } = await support.query(api.staff.failures.webhooks, page);
    expect(shown.map(({ attempts }) => attempts)).toEqual([2, 2]);
    for (const row of done)
      expect(await t.run(({ db }) => db.get("webhookEvents", row._id))).toEqual(row);
    expect(await staffTrail()).toMatchObject([
      { action: "webhook.retried", subject: "clerk user.created" },
      { action: "webhook.retried", subject: "clerk user.updated" },
    ]);
  });
});
