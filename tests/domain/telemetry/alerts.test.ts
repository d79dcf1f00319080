import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api, internal } from "../../../convex/_generated/api.js";
import type { Doc } from "../../../convex/_generated/dataModel.js";
import { type Backend, backend } from "../../support/backend.ts";
import { configureMail, FakeResend } from "../../support/fakeResend.ts";
import {
  consoleEvent,
  executionEvent,
  heldLog,
  LOG_STREAM_SECRET,
  postBatch,
} from "../../support/logStream.ts";
import { passTime } from "../../support/passTime.ts";
import { staffOf } from "../../support/staff.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const STAFF = "security@sunup.test";

let t: Backend;
let north: TestTenant;
let south: TestTenant;
let resend: FakeResend;
let printed: ReturnType<typeof heldLog>["printed"];
let deliver: ReturnType<typeof heldLog>["deliver"];

beforeEach(async () => {
  vi.stubEnv("LOG_STREAM_SECRET", LOG_STREAM_SECRET);
  vi.stubEnv("SECURITY_ALERT_EMAIL", STAFF);
  t = backend();
  resend = new FakeResend();
  configureMail();
  [north, south] = [await signUp(t, "north"), await signUp(t, "south")];
  ({ printed, deliver } = heldLog(t));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

async function reachForSouth(times: number): Promise<void> {
  const { projectId } = south;
  for (let i = 0; i < times; i += 1) {
    await expect(north.as.query(api.projects.get, { projectId })).rejects.toThrow();
  }
}
async function rows<Table extends "securityAuditLog" | "securityAlerts" | "platformEmails">(
  table: Table,
): Promise<Doc<Table>[]> {
  const all = await t.run(async ({ db }) => (await db.query(table).collect()) as Doc<Table>[]);
  return all.filter((row) => !("kind" in row && row.kind === "staffEntry"));
}
async function trailOf({ tenantId }: TestTenant): Promise<Doc<"auditLog">[]> {
  const all = await t.run(({ db }) => db.query("auditLog").collect());
  return all.filter((row) => row.tenantId === tenantId && row.action === "access.refused");
}

describe("an attempt to reach another company's row", () => {
  it("is in the platform's log although the call failed, with whose row it was", async () => {
    await reachForSouth(1);
    await deliver();
    const [row, ...more] = await rows("securityAuditLog");
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      ...{ kind: "crossTenantAccess", operation: "get", count: 1, path: "projects:get" },
      ...{ tenant: north.tenantId, attemptedTenant: south.tenantId, userId: north.admin.id },
      resource: `projects ${south.projectId}`,
    });
  });

  it("is a line in the trail of the person's own company, and in nobody else's", async () => {
    await reachForSouth(3);
    await deliver();
    expect(await trailOf(north)).toMatchObject([
      {
        actor: { kind: "member", memberId: north.memberId },
        subject: "projects",
        changes: [{ field: "attempts", after: "3" }],
      },
    ]);
    expect(JSON.stringify(await trailOf(north))).not.toContain(south.projectId);
    expect(await trailOf(south)).toEqual([]);
  });

  it("alerts staff from the fifth within a minute on: once, and counts while that is open", async () => {
    await reachForSouth(4);
    await deliver();
    expect(await rows("securityAlerts")).toEqual([]);
    await reachForSouth(1);
    await deliver();
    await reachForSouth(2);
    await deliver();
    const [alert, ...more] = await rows("securityAlerts");
    expect(more).toEqual([]);
    expect(alert).toMatchObject({
      ...{ kind: "crossTenantAccess", status: "open", subject: north.admin.id, count: 7 },
      tenant: north.tenantId,
    });
  });

  it("does not alert when five come slowly, or from two people", async () => {
    for (const minutes of [0, 2, 4, 6, 8]) {
      await reachForSouth(1);
      await deliver("projects:get", Date.now() - 10 * MINUTE + minutes * MINUTE);
    }
    await reachForSouth(2);
    const { projectId } = north;
    for (let i = 0; i < 4; i += 1) {
      await expect(south.as.query(api.projects.get, { projectId })).rejects.toThrow();
    }
    await deliver();
    expect(await rows("securityAlerts")).toEqual([]);
    expect((await rows("securityAuditLog")).length).toBeGreaterThan(5);
  });

  it("counts once when the log brings it twice", async () => {
    await reachForSouth(4);
    const events = printed.splice(0).map((line) => consoleEvent(line, { path: "projects:get" }));
    for (let i = 0; i < 3; i += 1) await postBatch(t, events);
    expect(await rows("securityAlerts")).toEqual([]);
    expect(await rows("securityAuditLog")).toMatchObject([{ count: 4 }]);
  });

  it("mails a new alert once, to staff and to the company's administrators", async () => {
    vi.useFakeTimers({ now: Date.now() });
    await reachForSouth(5);
    await deliver();
    await passTime(t, SECOND);
    await reachForSouth(5);
    await deliver();
    await passTime(t, MINUTE);
    expect(resend.to(STAFF)).toHaveLength(1);
    expect(resend.to(STAFF)[0]!.text).toContain("https://app.sunup.test/admin/security");
    const toNorth = resend.to(north.admin.email).map(({ subject }) => subject);
    expect(toNorth.filter((subject) => subject.includes("refused"))).toHaveLength(1);
    const toSouth = resend.to(south.admin.email).map(({ subject }) => subject);
    expect(toSouth.filter((subject) => subject.includes("refused"))).toEqual([]);
    expect(await rows("platformEmails")).toMatchObject([{ status: "sent", attempts: 1 }]);
  });

  it("mails an alert also after Resend was out of reach", async () => {
    vi.useFakeTimers({ now: Date.now() });
    resend.weather = "unreachable";
    await reachForSouth(5);
    await deliver();
    await passTime(t, 10 * SECOND);
    expect(resend.to(STAFF)).toEqual([]);
    resend.weather = "fine";
    await passTime(t, 2 * MINUTE);
    expect(resend.to(STAFF)).toHaveLength(1);
  });
});

describe("what a role does not allow", () => {
  it("is in the log and the company's trail, with the function", async () => {
    const viewer = north.asRole("Viewer");
    const { projectId } = north;
    await expect(viewer.mutation(api.projects.archive, { projectId })).rejects.toThrow();
    await deliver("projects:archive");
    expect(await rows("securityAuditLog")).toMatchObject([
      { kind: "permissionDenied", resource: "projects:archive", tenant: north.tenantId },
    ]);
    expect(await trailOf(north)).toMatchObject([{ subject: "projects:archive" }]);
  });

  it("is no security event when it is only a mistake in a form", async () => {
    const noName = { name: "", email: "x@y.test", phone: "", campaignId: north.campaignId };
    await expect(north.as.mutation(api.leads.create, noName)).rejects.toThrow();
    expect(printed).toHaveLength(1);
    await deliver("leads:create");
    expect(await rows("securityAuditLog")).toEqual([]);
  });
});

describe("many different functions that fail", () => {
  const guess = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) =>
      executionEvent({
        path: `guess${from + index}:list`,
        error: `Could not find public function for 'guess${from + index}:list'.`,
      }),
    );

  it("alert at the twenty-sixth name that does not exist, and not at the same name often", async () => {
    await postBatch(t, [...guess(25), ...guess(25)]);
    expect(await rows("securityAlerts")).toEqual([]);
    await postBatch(t, guess(1, 25));
    expect(await rows("securityAlerts")).toMatchObject([
      { kind: "failingFunctions", subject: "nobody known", count: 26 },
    ]);
  });

  it("alert for the one person for whom they fail", async () => {
    const line = (memberId: string, tenantId: string) =>
      JSON.stringify({ sunup: "security", type: "failure", code: "NOT_FOUND", tenantId, memberId });
    const failing = (who: TestTenant, count: number) =>
      Array.from({ length: count }, (_, index) =>
        consoleEvent(line(who.memberId, who.tenantId), { path: `module${index}:do` }),
      );
    await postBatch(t, [...failing(north, 26), ...failing(south, 25)]);
    expect(await rows("securityAlerts")).toMatchObject([
      { kind: "failingFunctions", userId: north.admin.id },
    ]);
  });
});

describe("calls that fail one after another", () => {
  const MINUTE_START = Math.floor(Date.now() / MINUTE) * MINUTE - 2 * MINUTE;
  const failed = (who: TestTenant, count: number, at = MINUTE_START) => {
    const { tenantId, memberId } = who;
    const line = { sunup: "security", type: "failure", code: "RATE_LIMITED", tenantId, memberId };
    return Array.from({ length: count }, (_, index) =>
      consoleEvent(JSON.stringify(line), { path: "projects:update", at: at + index }),
    );
  };

  it("alert from the 120th within a minute on, over several batches, for that one person", async () => {
    await postBatch(t, [...failed(north, 70), ...failed(south, 119)]);
    await postBatch(t, failed(north, 49, MINUTE_START + 30 * SECOND));
    expect(await rows("securityAlerts")).toEqual([]);
    await postBatch(t, failed(north, 1, MINUTE_START + 40 * SECOND));
    expect(await rows("securityAlerts")).toMatchObject([
      { kind: "failingCalls", userId: north.admin.id, tenant: north.tenantId, count: 120 },
    ]);
  });

  it("do not when they are spread over the next minute, and are forgotten after an hour", async () => {
    await postBatch(t, failed(north, 119));
    await postBatch(t, failed(north, 119, MINUTE_START + MINUTE));
    expect(await rows("securityAlerts")).toEqual([]);
    const counted = () => t.run(({ db }) => db.query("failureMinutes").collect());
    expect(await counted()).toMatchObject([{ count: 119 }, { count: 119 }]);
    const later = Date.now() + 70 * MINUTE;
    vi.useFakeTimers({ now: later });
    await postBatch(t, failed(south, 1, later));
    expect(await counted()).toMatchObject([{ client: south.admin.id, count: 1 }]);
  });
});

describe("exports", () => {
  const exported = ({ as }: TestTenant) => as.mutation(api.projects.recordExport, { count: 20 });

  it("alert from the tenth of one person within an hour on", async () => {
    for (let i = 0; i < 9; i += 1) await exported(north);
    for (let i = 0; i < 2; i += 1) await exported(south);
    await deliver("projects:recordExport", Date.now() - 20 * MINUTE);
    expect(await rows("securityAlerts")).toEqual([]);
    await exported(north);
    await deliver("projects:recordExport");
    expect(await rows("securityAlerts")).toMatchObject([
      { kind: "export", userId: north.admin.id, tenant: north.tenantId, count: 10 },
    ]);
    expect(await trailOf(north)).toEqual([]);
  });

  it("do not when they are more than an hour apart", async () => {
    for (let i = 0; i < 9; i += 1) await exported(north);
    await deliver("projects:recordExport");
    vi.useFakeTimers({ now: Date.now() + 61 * MINUTE });
    await exported(north);
    await deliver("projects:recordExport");
    expect(await rows("securityAlerts")).toEqual([]);
  });
});

describe("staff who enter a company", () => {
  it("alert the others at once, once per company, by mail too", async () => {
    vi.useFakeTimers({ now: Date.now() });
    const support = await staffOf(t, "support");
    const enter = async ({ tenantId }: TestTenant) => {
      const args = { tenantId, access: "read" as const, reason: "Asked us to look" };
      await support.mutation(api.staff.entries.enter, args);
      await support.mutation(api.staff.entries.leave, {});
    };
    const entries = async (table: "securityAlerts" | "securityAuditLog") => {
      const all = await t.run(({ db }) => db.query(table).collect());
      return all.filter((row) => row.kind === "staffEntry" && row.userId === "user_staff_support");
    };
    await enter(north);
    await enter(north);
    await enter(south);
    const about = { kind: "staffEntry" as const, subjectName: "Robin support" };
    expect(await entries("securityAlerts")).toMatchObject([
      { ...about, tenant: north.tenantId, status: "open", count: 2 },
      { ...about, tenant: south.tenantId, status: "open", count: 1 },
    ]);
    expect(await entries("securityAuditLog")).toHaveLength(3);
    await passTime(t, MINUTE);
    expect(resend.to(STAFF)).toHaveLength(2);
  });
});

describe("an alert that two of Sunup's people acknowledge", () => {
  it("keeps the first one's note, and tells the second who was first", async () => {
    await reachForSouth(5);
    await deliver();
    const [alert] = await rows("securityAlerts");
    const alertId = alert!._id;
    const [operator, owner] = [await staffOf(t, "operator"), await staffOf(t, "owner")];
    const acknowledge = (who: typeof owner, note: string) =>
      who.mutation(api.staff.security.acknowledge, { alertId, note });
    await expect(acknowledge(operator, " ")).rejects.toThrow(/INVALID/);
    const answers = await Promise.allSettled([
      acknowledge(operator, "Called them"),
      acknowledge(owner, "Looks like a script"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    expect(String((answers[1] as PromiseRejectedResult).reason)).toMatch(
      /CONFLICT.*Robin operator has acknowledged this alert already/,
    );
    const [closed] = await rows("securityAlerts");
    expect(closed).toMatchObject({
      status: "acknowledged",
      acknowledged: { staffName: "Robin operator", note: "Called them" },
    });
    const told = await t.run(({ db }) => db.query("staffAudit").collect());
    expect(told.filter(({ action }) => action === "security.acknowledged")).toMatchObject([
      { staffName: "Robin operator", tenant: north.tenantId, reason: "Called them" },
    ]);

    // It went on: that is a new alert, and the old one stays as it was.
    await reachForSouth(1);
    await deliver();
    expect(await rows("securityAlerts")).toMatchObject([closed!, { status: "open", count: 6 }]);
  });
});

describe("forged webhooks", () => {
  it("are in the log with where they came from, and alert when they are many", async () => {
    for (const path of ["clerk", "resend", "stripe"]) {
      configureMail();
      vi.stubEnv("STRIPE_WEBHOOK_SECRET", "whsec_x");
      const headers = { "stripe-signature": "t=1,v1=00", "svix-signature": "v1,AAAA" };
      const answer = await t.fetch(`/webhooks/${path}`, { method: "POST", body: "{}", headers });
      expect(answer.status).toBe(401);
    }
    await deliver("POST /webhooks/x");
    expect((await rows("securityAuditLog")).map(({ resource }) => resource).sort()).toEqual([
      "clerk",
      "resend",
      "stripe",
    ]);
    expect(await rows("securityAlerts")).toEqual([]);
    for (let i = 0; i < 9; i += 1) {
      await t.fetch("/webhooks/clerk", { method: "POST", body: "{}" });
    }
    await deliver("POST /webhooks/clerk");
    expect(await rows("securityAlerts")).toMatchObject([
      { kind: "forgedWebhook", subject: "clerk", count: 10 },
    ]);
  });
});

describe("a line of the log that is spoilt", () => {
  it("is left out, and the rest is taken", async () => {
    const spoilt = [
      { sunup: "security", type: "crossTenantAccess" },
      { sunup: "security", type: "unheard of" },
      {
        ...{ sunup: "security", type: "failure", code: "FORBIDDEN" },
        ...{ tenantId: "nonsense", memberId: north.memberId },
      },
      {
        ...{ sunup: "security", type: "failure", code: "FORBIDDEN" },
        ...{ tenantId: north.projectId, memberId: null },
      },
    ].map((line) => consoleEvent(JSON.stringify(line), { path: "x:y" }));
    await reachForSouth(1);
    const good = printed.splice(0).map((line) => consoleEvent(line, { path: "projects:get" }));
    expect((await postBatch(t, [...spoilt, ...good])).status).toBe(200);
    expect(await rows("securityAuditLog")).toHaveLength(1);
  });
});

describe("the trails", () => {
  it("lose what is older than 400 days, and nothing else", async () => {
    await reachForSouth(1);
    await deliver();
    const before = await t.run(({ db }) => db.query("auditLog").collect());
    await t.mutation(internal.telemetry.retention.sweep, {});
    expect(await rows("securityAuditLog")).toHaveLength(1);
    expect(await t.run(({ db }) => db.query("auditLog").collect())).toEqual(before);
    vi.useFakeTimers({ now: Date.now() + 401 * 24 * 60 * MINUTE });
    await t.mutation(internal.telemetry.retention.sweep, {});
    await t.finishAllScheduledFunctions(vi.runAllTimers);
    expect(await rows("securityAuditLog")).toEqual([]);
    expect(await t.run(({ db }) => db.query("auditLog").collect())).toEqual([]);
  });
});
