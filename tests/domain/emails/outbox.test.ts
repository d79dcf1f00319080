import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { internal } from "../../../convex/_generated/api.js";
import type { Doc, Id } from "../../../convex/_generated/dataModel.js";
import type { EmailMessage } from "../../../convex/tables/emails.ts";
import { type Backend, backend, clerkEvent, deliver } from "../../support/backend.ts";
import { EMAIL_SAMPLES } from "../../support/emailSamples.ts";
import { configureMail, FakeResend } from "../../support/fakeResend.ts";
import { passTime } from "../../support/passTime.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NORTH = "admin@north.test";
const SOUTH = "admin@south.test";

let t: Backend;
let resend: FakeResend;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 23, 12) });
  t = backend();
  resend = new FakeResend();
  configureMail();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

/** Signs a company up, which queues its welcome mail. */
async function signUp(key: string): Promise<Id<"tenants">> {
  const user = {
    id: `user_${key}`,
    email: `admin@${key}.test`,
    unsafeMetadata: { companyName: `${key} Solar` },
  };
  expect((await deliver(t, clerkEvent("user.created", user))).status).toBe(200);
  return (await mailTo(user.email)).tenantId;
}

async function mailsTo(address: string): Promise<Doc<"emails">[]> {
  const all = await t.run(({ db }) => db.query("emails").collect());
  return all.filter(({ to }) => to === address);
}

/** The newest mail to an address. */
async function mailTo(address: string): Promise<Doc<"emails">> {
  return (await mailsTo(address)).at(-1)!;
}

/** Puts a mail into the outbox as it would be after somebody queued it and its first try was lost. */
async function putInto(
  tenantId: Id<"tenants">,
  message: EmailMessage,
  more: Partial<Doc<"emails">> = {},
): Promise<Id<"emails">> {
  return await t.run(({ db }) =>
    db.insert("emails", {
      ...{ tenantId, message, to: "someone@else.test", status: "queued", attempts: 0 },
      idempotencyKey: Math.random().toString(36),
      nextAttemptAt: Date.now() - HOUR,
      ...more,
    }),
  );
}

const sweep = () => t.mutation(internal.emails.outbox.sweep, { overdueMs: 15 * SECOND });

describe("a mail", () => {
  it("leaves once the transaction that queued it is done", async () => {
    await signUp("north");
    await passTime(t, SECOND);
    expect(resend.taken).toMatchObject([
      { from: "Sunup <hello@sunup.test>", to: NORTH, subject: "north Solar is ready on Sunup" },
    ]);
    expect(resend.taken[0]!.text).toContain("https://app.sunup.test/projects");
    const { status, attempts, providerId, nextAttemptAt } = await mailTo(NORTH);
    expect({ status, attempts, providerId }).toEqual({
      status: "sent",
      attempts: 1,
      providerId: "re_1",
    });
    expect(nextAttemptAt).toBeUndefined();
  });

  it("of one company has nothing to do with a mail of the same key in another", async () => {
    const [north, south] = [await signUp("north"), await signUp("south")];
    await t.run(async ({ db }) => {
      for (const { _id } of await db.query("emails").collect()) {
        await db.patch("emails", _id, { idempotencyKey: "the same" });
      }
    });
    await passTime(t, SECOND);
    expect(resend.to(NORTH)).toHaveLength(1);
    expect(resend.to(SOUTH)).toHaveLength(1);
    expect(new Set(resend.taken.map(({ key }) => key)).size).toBe(2);
    expect(resend.to(NORTH)[0]!.tags).toContainEqual({ name: "tenant", value: north });
    expect(resend.to(SOUTH)[0]!.tags).toContainEqual({ name: "tenant", value: south });
  });
});

describe("when Resend cannot be reached", () => {
  it("for ten minutes, nothing is lost and nothing doubled", async () => {
    resend.weather = "unreachable";
    await signUp("north");
    await signUp("south");
    await passTime(t, 10 * MINUTE);
    expect(resend.taken).toEqual([]);
    expect(await mailTo(NORTH)).toMatchObject({ status: "queued" });
    expect((await mailTo(NORTH)).lastError).toMatch(
      /^No answer application_error: Unable to fetch/,
    );

    resend.weather = "fine";
    await passTime(t, 11 * MINUTE);
    expect(resend.to(NORTH)).toHaveLength(1);
    expect(resend.to(SOUTH)).toHaveLength(1);
    const settled = await mailTo(NORTH);
    expect(settled).toMatchObject({ status: "sent" });
    expect(settled.lastError).toBeUndefined();
    const { length } = resend.calls;
    await passTime(t, 24 * HOUR);
    expect(resend.calls).toHaveLength(length);
  });

  it("it is asked again after 5, 10, 20 … seconds less up to half, and then hourly", async () => {
    resend.weather = "unreachable";
    await signUp("north");
    await passTime(t, 5 * HOUR);
    const waits = resend.calls.slice(1).map((at, index) => at - resend.calls[index]!);
    for (const [index, wait] of waits.entries()) {
      const longest = Math.min(5 * SECOND * 2 ** index, HOUR);
      expect(wait).toBeGreaterThanOrEqual(longest / 2 - 10);
      expect(wait).toBeLessThanOrEqual(longest + 10);
    }
    expect(waits.length).toBeGreaterThan(11);
  });

  it("for more than a day, the mail is given up while Resend still knows its key", async () => {
    resend.weather = "unreachable";
    await signUp("north");
    await passTime(t, 48 * HOUR);
    const given = await mailTo(NORTH);
    expect(given).toMatchObject({ status: "failed" });
    expect(given.lastError).toMatch(/^Given up after a day: No answer/);
    expect(resend.calls.at(-1)! - resend.calls[0]!).toBeLessThanOrEqual(23 * HOUR);

    resend.weather = "fine";
    await sweep();
    await passTime(t, HOUR);
    expect(resend.taken).toEqual([]);
  });

  it("only for the answer, the mail was sent once all the same", async () => {
    resend.weather = "answer lost";
    await signUp("north");
    await passTime(t, 2 * SECOND);
    resend.weather = "fine";
    await passTime(t, MINUTE);
    expect(resend.calls.length).toBeGreaterThan(1);
    expect(resend.taken).toHaveLength(1);
    expect(await mailTo(NORTH)).toMatchObject({ status: "sent", providerId: "re_1" });
  });

  it("only for the answer, and another version of Sunup words the mail differently, it is not sent again", async () => {
    resend.weather = "answer lost";
    await signUp("north");
    await passTime(t, 2 * SECOND);
    vi.stubEnv("APP_URL", "https://new-address.sunup.test");
    resend.weather = "fine";
    await passTime(t, MINUTE);
    expect(resend.taken).toHaveLength(1);
    expect(await mailTo(NORTH)).toMatchObject({ status: "sent" });
  });
});

describe("when Resend refuses", () => {
  const error = (status: number, name: string, headers = {}) => ({
    ...{ status, name, headers },
    message: `Not with re_secret_key`,
  });

  it.each([
    [429, "rate_limit_exceeded"],
    [500, "internal_server_error"],
    [503, "application_error"],
    [409, "concurrent_idempotent_requests"],
    [401, "invalid_api_key"],
    [403, "validation_error"],
    [422, "invalid_from_address"],
  ])("with %i %s, which may pass, it is asked again", async (status, name) => {
    resend.weather = error(status, name);
    await signUp("north");
    await passTime(t, 2 * SECOND);
    expect(await mailTo(NORTH)).toMatchObject({
      status: "queued",
      lastError: `${status} ${name}: Not with (key)`,
    });
    resend.weather = "fine";
    await passTime(t, MINUTE);
    expect(resend.taken).toHaveLength(1);
  });

  it("and names a time, it is left alone until then", async () => {
    resend.weather = error(429, "rate_limit_exceeded", { "retry-after": "120" });
    await signUp("north");
    await passTime(t, 119 * SECOND);
    expect(resend.calls).toHaveLength(1);
    resend.weather = "fine";
    await passTime(t, 2 * SECOND);
    expect(resend.calls).toHaveLength(2);
    expect(resend.taken).toHaveLength(1);
  });

  it("the mail itself, that is the end of it, until staff send it again: once", async () => {
    resend.weather = error(422, "validation_error");
    const tenantId = await signUp("north");
    await passTime(t, 24 * HOUR);
    expect(resend.calls).toHaveLength(1);
    const { _id: emailId, ...failed } = await mailTo(NORTH);
    expect(failed).toMatchObject({
      status: "failed",
      lastError: "422 validation_error: Not with (key)",
    });

    resend.weather = "fine";
    const again = await t.mutation(internal.emails.outbox.retry, { tenantId, emailId });
    expect(await t.mutation(internal.emails.outbox.retry, { tenantId, emailId })).toBe(again);
    await passTime(t, SECOND);
    expect(resend.to(NORTH)).toHaveLength(1);
    expect((await mailsTo(NORTH)).map(({ status }) => status)).toEqual(["failed", "sent"]);
  });

  it("staff cannot send again what has been sent, nor what is another company's", async () => {
    const [north, south] = [await signUp("north"), await signUp("south")];
    await passTime(t, SECOND);
    const { _id: emailId } = await mailTo(NORTH);
    const retry = (tenantId: Id<"tenants">) =>
      t.mutation(internal.emails.outbox.retry, { tenantId, emailId });
    expect(await retry(north)).toBeNull();
    await expect(retry(south)).rejects.toThrow("NOT_FOUND");
    expect(await mailsTo(NORTH)).toHaveLength(1);
    expect(resend.taken).toHaveLength(2);
  });
});

describe("the sweep", () => {
  it("takes up an attempt whose action was never run, once its time is over", async () => {
    const tenantId = await signUp("north");
    const { _id: emailId } = await mailTo(NORTH);
    await t.mutation(internal.emails.outbox.begin, { tenantId, emailId, attempt: 1 });
    vi.clearAllTimers();
    expect(await sweep()).toBe(0);
    await passTime(t, MINUTE);
    expect(resend.calls).toEqual([]);
    expect(await sweep()).toBe(1);
    await passTime(t, SECOND);
    expect(resend.to(NORTH)).toHaveLength(1);
    expect(await mailTo(NORTH)).toMatchObject({ status: "sent", attempts: 2 });
  });

  it("and everybody else can begin an attempt once only", async () => {
    const tenantId = await signUp("north");
    const { _id: emailId } = await mailTo(NORTH);
    for (let index = 0; index < 3; index += 1) {
      await t.mutation(internal.emails.outbox.begin, { tenantId, emailId, attempt: 1 });
      await t.mutation(internal.emails.outbox.sweep, { overdueMs: 0 });
    }
    await passTime(t, SECOND);
    expect(resend.calls).toHaveLength(1);
    expect(await mailTo(NORTH)).toMatchObject({ status: "sent", attempts: 1 });
  });

  it("takes up an attempt that was lost on the way, and what that one says later changes nothing", async () => {
    const tenantId = await signUp("north");
    await passTime(t, SECOND);
    const emailId = await putInto(tenantId, EMAIL_SAMPLES.closed, {
      ...{ status: "sending", attempts: 1, firstAttemptAt: Date.now() - HOUR },
    });
    expect(await sweep()).toBe(1);
    await passTime(t, SECOND);
    const report = { tenantId, emailId, attempt: 1 };
    const outcome = { kind: "refused" as const, reason: "Late." };
    await t.mutation(internal.emails.outbox.finish, { ...report, outcome });
    expect(await mailTo("someone@else.test")).toMatchObject({ status: "sent", attempts: 2 });
    expect(resend.to("someone@else.test")).toHaveLength(1);
  });

  it("leaves alone what is under way or settled", async () => {
    await signUp("north");
    resend.weather = "unreachable";
    await signUp("south");
    await passTime(t, SECOND);
    const before = await t.run(({ db }) => db.query("emails").collect());
    expect(await sweep()).toBe(0);
    expect(await t.run(({ db }) => db.query("emails").collect())).toEqual(before);
  });

  it("takes up everything that waits, however much, and each once", async () => {
    const tenants = [await signUp("north"), await signUp("south")];
    for (let index = 0; index < 250; index += 1) {
      const to = `person${index}@else.test`;
      await putInto(tenants[index % 2]!, EMAIL_SAMPLES.closed, { to });
    }
    await sweep();
    await sweep();
    await passTime(t, MINUTE);
    expect(resend.taken).toHaveLength(252);
    expect(await sweep()).toBe(0);
  });

  it("does not begin an attempt so long after the first that Resend may have forgotten the key", async () => {
    const tenantId = await signUp("north");
    await putInto(tenantId, EMAIL_SAMPLES.closed, {
      ...{ status: "sending", attempts: 1, firstAttemptAt: Date.now() - 24 * HOUR },
    });
    await sweep();
    await passTime(t, MINUTE);
    expect(resend.to("someone@else.test")).toEqual([]);
    expect(await mailTo("someone@else.test")).toMatchObject({
      status: "failed",
      lastError: "Given up after a day: no attempt was answered.",
    });
  });

  it("is not held up by a company that is gone, nor sends for it", async () => {
    const [north, south] = [await signUp("north"), await signUp("south")];
    await passTime(t, SECOND);
    await putInto(north, EMAIL_SAMPLES.closed, { to: "gone@north.test" });
    await putInto(south, EMAIL_SAMPLES.closed, { to: "here@south.test" });
    await t.run(({ db }) => db.delete("tenants", north));
    await sweep();
    await passTime(t, SECOND);
    expect(resend.to("here@south.test")).toHaveLength(1);
    expect(resend.to("gone@north.test")).toEqual([]);
    expect(await mailTo("gone@north.test")).toMatchObject({
      status: "suppressed",
      lastError: "The company does not exist any more.",
    });
    expect(await sweep()).toBe(0);
  });
});

describe("without its variables", () => {
  it("mail waits and one line says for what; once they are set it leaves", async () => {
    vi.stubEnv("RESEND_API_KEY", "");
    vi.stubEnv("EMAIL_FROM", "");
    const warned = vi.spyOn(console, "warn").mockReturnValue();
    await signUp("north");
    await passTime(t, HOUR);
    expect(await mailTo(NORTH)).toMatchObject({ status: "queued", attempts: 0 });
    expect(warned).not.toHaveBeenCalled();
    await sweep();
    expect(warned.mock.calls).toEqual([
      ["Mail waits: set RESEND_API_KEY, EMAIL_FROM on the Convex deployment."],
    ]);
    expect(resend.calls).toEqual([]);

    configureMail();
    await sweep();
    await passTime(t, SECOND);
    expect(resend.to(NORTH)).toHaveLength(1);
  });
});

describe("what is not sent", () => {
  const sent = async (tenantId: Id<"tenants">, message: EmailMessage, to: string) => {
    const emailId = await putInto(tenantId, message, { to });
    await sweep();
    await passTime(t, SECOND);
    return await t.run(({ db }) => db.get("emails", emailId));
  };

  it.each(["bounced", "complained"] as const)(
    "is what is not essential, to an address whose mail %s, in that company only",
    async (status) => {
      const [north, south] = [await signUp("north"), await signUp("south")];
      await passTime(t, SECOND);
      const to = "shared@else.test";
      await putInto(north, EMAIL_SAMPLES.welcome, { to, status, nextAttemptAt: undefined });

      const refused = await sent(north, EMAIL_SAMPLES.invitation, to);
      expect(refused).toMatchObject({ status: "suppressed", attempts: 0 });
      expect(refused?.lastError).toMatch(/bounced|spam/);
      expect(resend.to(to)).toEqual([]);

      expect(await sent(north, EMAIL_SAMPLES.paymentFailed, to)).toMatchObject({ status: "sent" });
      expect(await sent(south, EMAIL_SAMPLES.invitation, to)).toMatchObject({ status: "sent" });
      expect(resend.to(to)).toHaveLength(2);
    },
  );

  it("is what is not essential, of a company that is suspended", async () => {
    const north = await signUp("north");
    await t.run(({ db }) => db.patch("tenants", north, { status: "suspended" }));
    expect(await sent(north, EMAIL_SAMPLES.invitation, "new@else.test")).toMatchObject({
      status: "suppressed",
      lastError: "The company is suspended.",
    });
    expect(await sent(north, EMAIL_SAMPLES.closed, "new@else.test")).toMatchObject({
      status: "sent",
    });
  });

  it("is an invitation that has run out while it waited", async () => {
    const north = await signUp("north");
    await passTime(t, 9 * 24 * HOUR);
    expect(await sent(north, EMAIL_SAMPLES.invitation, "new@else.test")).toMatchObject({
      status: "suppressed",
      lastError: "It came too late to be of use.",
    });
    expect(resend.to("new@else.test")).toEqual([]);
  });
});
