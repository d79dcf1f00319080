import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { internal } from "../../../convex/_generated/api.js";
import type { Doc } from "../../../convex/_generated/dataModel.js";
import type { EmailStatus } from "../../../convex/emails/progress.ts";
import { type Backend, backend, signed } from "../../support/backend.ts";
import { configureMail, FakeResend } from "../../support/fakeResend.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

let t: Backend;
let north: TestTenant;
let south: TestTenant;

beforeEach(async () => {
  t = backend();
  new FakeResend().weather = "unreachable";
  configureMail();
  vi.stubEnv("RESEND_API_KEY", "");
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

async function mailOf({ tenantId }: TestTenant): Promise<Doc<"emails">> {
  const all = await t.run(({ db }) => db.query("emails").collect());
  return all.find((email) => email.tenantId === tenantId)!;
}

/** What Resend reports about a company's welcome mail. */
async function eventOf(tenant: TestTenant, type: string, more: object = {}) {
  const { _id, tenantId, to } = await mailOf(tenant);
  return {
    type: `email.${type}`,
    created_at: "2026-11-23T12:00:00.000Z",
    data: {
      email_id: "re_1",
      ...{ from: "hello@sunup.test", to: [to], subject: "Welcome" },
      tags: { tenant: tenantId, email: _id, kind: "welcome" },
      ...more,
    },
  };
}

async function report(event: unknown, options: Parameters<typeof signed>[1] = {}) {
  const secret = process.env.RESEND_WEBHOOK_SECRET!;
  return await t.fetch("/webhooks/resend", signed(JSON.stringify(event), { secret, ...options }));
}

/** Brings a mail to a state, as the outbox would. */
async function set(tenant: TestTenant, change: Partial<Doc<"emails">>): Promise<void> {
  const { _id } = await mailOf(tenant);
  await t.run(({ db }) => db.patch("emails", _id, change));
}

const REPORTS = ["sent", "delivery_delayed", "delivered", "bounced", "complained"] as const;

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    permutations(items.toSpliced(index, 1)).map((rest) => [item, ...rest]),
  );
}

describe("a report of Resend's", () => {
  it.each<[string, EmailStatus]>([
    ["sent", "sent"],
    ["delivery_delayed", "delayed"],
    ["delivered", "delivered"],
    ["bounced", "bounced"],
    ["complained", "complained"],
    ["failed", "failed"],
    ["suppressed", "suppressed"],
  ])("that it %s moves the company's mail, and no other's, to %s", async (type, status) => {
    const untouched = await mailOf(south);
    const response = await report(await eventOf(north, type));
    expect(response.status).toBe(200);
    expect(await mailOf(north)).toMatchObject({ status, providerId: "re_1" });
    expect((await mailOf(north)).nextAttemptAt).toBeUndefined();
    expect(await mailOf(south)).toEqual(untouched);
  });

  it("says why, where it does", async () => {
    const bounce = { type: "Permanent", subType: "General", message: "No such mailbox." };
    await report(await eventOf(north, "bounced", { bounce }));
    expect(await mailOf(north)).toMatchObject({ lastError: "Permanent: No such mailbox." });
    await report(await eventOf(south, "failed", { failed: { reason: "domain_not_verified" } }));
    expect(await mailOf(south)).toMatchObject({ lastError: "domain_not_verified" });
  });

  it("in any order and more than once comes to the same end", async () => {
    const events = new Map(
      await Promise.all(REPORTS.map(async (type) => [type, await eventOf(north, type)] as const)),
    );
    for (const [round, order] of permutations(REPORTS).entries()) {
      await set(north, { status: "sent", providerId: undefined });
      for (const type of [...order, ...order]) {
        await report(events.get(type), { id: `msg_${round}_${type}` });
      }
      expect(await mailOf(north), order.join(", ")).toMatchObject({ status: "complained" });
    }
  });

  it("delivered a hundred times is stored once", async () => {
    const event = await eventOf(north, "delivered");
    for (let index = 0; index < 100; index += 1) await report(event, { id: "msg_again" });
    const stored = await t.run(({ db }) => db.query("webhookEvents").collect());
    expect(stored.filter(({ source }) => source === "resend")).toMatchObject([
      { eventId: "msg_again", type: "email.delivered", subject: "re_1", status: "processed" },
    ]);
  });

  it("that is here before the answer to the sending ends the retries, and the answer adds the id", async () => {
    await set(north, { status: "sending", attempts: 1, nextAttemptAt: Date.now() });
    await report(await eventOf(north, "delivered"));
    const { _id: emailId, tenantId, nextAttemptAt } = await mailOf(north);
    expect(nextAttemptAt).toBeUndefined();

    const finish = (outcome: { kind: "retry"; reason: string } | { kind: "accepted" }) =>
      t.mutation(internal.emails.outbox.finish, { tenantId, emailId, attempt: 1, outcome });
    await finish({ kind: "retry", reason: "No answer" });
    await finish({ kind: "accepted" });
    const settled = await mailOf(north);
    expect(settled).toMatchObject({ status: "delivered", providerId: "re_1" });
    expect(settled.nextAttemptAt).toBeUndefined();
    expect(settled.lastError).toBeUndefined();
  });
});

describe("a report that is not about a mail of ours", () => {
  async function expectIgnored(event: unknown) {
    const before = [await mailOf(north), await mailOf(south)];
    expect((await report(event)).status).toBe(200);
    expect([await mailOf(north), await mailOf(south)]).toEqual(before);
    const stored = await t.run(({ db }) => db.query("webhookEvents").collect());
    expect(stored.at(-1)).toMatchObject({ source: "resend", status: "ignored" });
  }

  it("changes nothing, when it names one company and another's mail", async () => {
    const { _id } = await mailOf(south);
    const tags = { tenant: north.tenantId, email: _id };
    await expectIgnored(await eventOf(north, "bounced", { tags }));
  });

  it.each([
    ["no tags", undefined],
    ["tags of somebody else's", { campaign: "spring" }],
    ["ids that are none", { tenant: "x", email: "__proto__" }],
  ])("changes nothing, with %s", async (_what, tags) => {
    await expectIgnored(await eventOf(north, "delivered", { tags }));
  });

  it.each(["opened", "clicked", "constructor"])("changes nothing, when it %s", async (type) => {
    await expectIgnored(await eventOf(north, type));
  });

  it("changes nothing, when it is about something else altogether", async () => {
    await expectIgnored({ type: "contact.created", data: { id: "contact_1" } });
    await expectIgnored({ type: "__proto__", data: {} });
  });
});

describe("the route", () => {
  it.each([
    ["another's secret", { secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" }],
    ["an old signature", { at: new Date(Date.now() - 10 * 60_000) }],
  ])("refuses %s", async (_what, options) => {
    const before = await mailOf(north);
    expect((await report(await eventOf(north, "bounced"), options)).status).toBe(401);
    expect(await mailOf(north)).toEqual(before);
  });

  it("refuses a body larger than 256 kB", async () => {
    const event = await eventOf(north, "bounced", { padding: "x".repeat(300_000) });
    expect((await report(event)).status).toBe(413);
    expect(await mailOf(north)).toMatchObject({ status: "queued" });
  });

  it.each([
    ["no JSON", "delivered"],
    ["no event", { hello: "Resend" }],
    ["a report without an id", { type: "email.bounced", data: {} }],
  ])("keeps %s as failed, with the reason", async (_what, body) => {
    expect((await report(body)).status).toBe(200);
    const stored = await t.run(({ db }) => db.query("webhookEvents").collect());
    expect(stored.at(-1)).toMatchObject({ source: "resend", status: "failed" });
    expect(stored.at(-1)!.detail.length).toBeGreaterThan(5);
  });

  it("asks Resend to come again as long as its secret is not set", async () => {
    const event = await eventOf(north, "delivered");
    const request = signed(JSON.stringify(event), { secret: process.env.RESEND_WEBHOOK_SECRET });
    vi.stubEnv("RESEND_WEBHOOK_SECRET", "");
    expect((await t.fetch("/webhooks/resend", request)).status).toBe(500);
    expect(await mailOf(north)).toMatchObject({ status: "queued" });
  });
});
