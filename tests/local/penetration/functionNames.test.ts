import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { registeredFunctions } from "../../isolation/functions.ts";
import { bearer, callOverHttp, callOverSocket, type Endpoint, ENDPOINTS } from "./requests.ts";
import { type Company, startTarget, type Target } from "./target.ts";

let target: Target;
let company: Company;
let internal: string[];
let endpointOf: Map<string, Endpoint>;
/** Into this company of nobody an archive was to be restored that was none. */
const emptyCompany = "empty-solar";
let restoring: { tenantId: string; restoreId: string };
/** What was sent to be restored, and not yet begun with. */
const sent: string[] = [];

/** Stands for another deployment, which takes whatever it is told. */
const otherDeployment = createServer((_request, response) => void response.end("{}"));

beforeAll(async () => {
  await new Promise<void>((listening) => otherDeployment.listen(0, "127.0.0.1", listening));
  const other = `http://127.0.0.1:${(otherDeployment.address() as AddressInfo).port}`;
  target = await startTarget({
    env: {
      SHARDS: `east=${other}|${other},home=${other}|${other}`,
      SHARD_SECRET: "between deployments",
    },
  });
  company = await target.newCompany("Names");
  const functions = await registeredFunctions();
  const hidden = functions.filter(
    ({ visibility, kind }) => visibility === "internal" && kind !== "httpAction",
  );
  internal = hidden.map(({ path }) => path);
  endpointOf = new Map(hidden.map(({ path, kind }) => [path, kind as Endpoint]));
  await target.causeAlert();
  await refuseArchive();
});
afterAll(async () => {
  otherDeployment.close();
  await target.close();
});

type Arguments = Record<string, unknown>;

const MADE_UP = [
  "nothing:here",
  "projects",
  "projects:deleteAll",
  "admin:listTenants",
  "staff:impersonate",
  ":",
  "",
  // The database's own functions, and those of the dashboard and the CLI.
  "_system/cli/queryEnvironmentVariables",
  "_system/cli/queryEnvironmentVariables:get",
  "_system/cli/convexUrl:cloudUrl",
  "_system/cli/modules:apiSpec",
  "_system/cli/tables:default",
  "_system/frontend/listTables",
  "_system/frontend/addDocument:default",
  "_system/repl/wrappers.js:query",
  "_storage:list",
  // What every JavaScript object has.
  "__proto__",
  "__proto__:constructor",
  "constructor:prototype",
  "toString:call",
  "projects:__proto__",
  "projects:constructor",
  "projects:hasOwnProperty",
  // Another spelling of a function that exists.
  "Projects:list",
  "projects:List",
  "PROJECTS:LIST",
  "projects: list",
  "projects:list\u0000",
  "projects:list\u200b",
  "members:me:me",
  "members:me:",
  ":members:me",
  "projects.list",
  "projects/list",
  // Other places in the code.
  "../provisioning:ensureTenantOf",
  "projects/../provisioning:ensureTenantOf",
  "./provisioning:ensureTenantOf",
  "//provisioning:ensureTenantOf",
  "..%2fprovisioning:ensureTenantOf",
  "../../package.json",
  "/etc/passwd",
  "http:default",
  "schema:default",
  "auth.config:default",
  "tenancy/functions:tenantQuery",
  "webhooks/clerk:clerkWebhook",
  "model/projects:createProject",
  "_generated/api:internal",
  "_deps/node:default",
  "function://;provisioning:ensureTenantOf",
  "_reference/childComponent/rateLimiter/lib/checkRateLimit",
];

async function refuseArchive(): Promise<void> {
  const asOwner = async <Answer>(endpoint: Endpoint, path: string, args: object) => {
    const call = { endpoint, path, args: { ...args } };
    const headers = { authorization: `Convex ${target.convex.adminKey}` };
    const { body } = await callOverHttp(target.convex.url, call, headers);
    expect(body).toMatchObject({ status: "success" });
    return (body as { value: Answer }).value;
  };
  await asOwner("mutation", "provisioning:ensureTenantOf", {
    ...{ clerkUserId: "user_of_nobody", email: "nobody@empty.example", name: "Nobody" },
    ...{ companyName: "Empty Solar", plan: "starter" },
  });
  for (const body of ["no archive", "none either"]) {
    const upload = { company: emptyCompany };
    const address = await asOwner<string>("mutation", "archives/restore:upload", upload);
    const stored = await fetch(address, { method: "POST", body });
    sent.push(((await stored.json()) as { storageId: string }).storageId);
  }
  const begin = { company: emptyCompany, storageId: sent.pop(), reason: "They moved" };
  restoring = await asOwner("mutation", "archives/restore:begin", begin);
  await target.idle();
  expect(target.rows("restores")).toMatchObject([{ state: "refused" }]);
}

/** The mail that every company begins with. */
function welcomeMail({ tenantId }: Company): Arguments {
  const mail = target.rows("emails").find((email) => email.tenantId === tenantId);
  return { tenantId, emailId: mail?._id };
}
/** The mail about the alert that `beforeAll` causes. */
function mailToStaff() {
  return target.rows("platformEmails")[0]?._id;
}
function billingRequest({ tenantId }: Company): Arguments {
  const request = target.rows("billingRequests").find((each) => each.tenantId === tenantId);
  return { tenantId, requestId: request?._id };
}
/** Nobody has confirmed it: whoever goes on with it changes nothing. */
const ofErasure = ({ erasureId }: Company) => ({ erasureId, step: 0 });
const ofRound = ({ tenantId, invitationId }: Company) => ({ tenantId, invitationId, round: 1 });

/** Arguments with which each internal function does something, so that only who calls can stop it. */
const WORKING: Record<string, Arguments | ((company: Company) => Arguments)> = {
  "archives:open": ({ archiveId }) => ({ archiveId, range: null }),
  "archives/restore:advance": () => ({ ...restoring, state: "linking" }),
  "archives/restore:apply": () => ({
    ...{ ...restoring, state: "writing", table: "projects", lines: [], blobs: {} },
    ...{ place: { table: 0, part: 0, line: 0 }, next: { table: 1, part: 0, line: 0 } },
  }),
  "archives/restore:begin": () => ({
    ...{ company: emptyCompany, storageId: sent.pop(), reason: "Made up" },
  }),
  "archives/restore:checked": () => ({
    ...{ ...restoring, from: { table: 0, part: 0, line: 0 }, next: { table: 1, part: 0, line: 0 } },
  }),
  "archives/restore:goOn": () => restoring,
  "archives/restore:read": () => restoring,
  "archives/restore:settle": () => ({ ...restoring, problem: null }),
  "archives/restore:tidy": () => restoring,
  "archives/restore:upload": () => ({ company: emptyCompany }),
  "archives/restore:work": () => restoring,
  "archives/sources:file": ({ tenantId, logoId: fileId }) => ({ tenantId, fileId }),
  "archives/sources:segment": ({ tenantId, archiveId }) => ({ tenantId, archiveId, at: 0 }),
  "archives/upkeep:empty": ({ tenantId, archiveId }) => ({ tenantId, archiveId }),
  "archives/upkeep:sweep": {},
  "archives/write:goOn": ({ tenantId, archiveId }) => ({ tenantId, archiveId }),
  "archives/write:nextFile": ({ tenantId }) => ({ tenantId, cursor: null }),
  "archives/write:read": ({ tenantId, archiveId }) => ({ tenantId, archiveId }),
  "archives/write:rows": ({ tenantId }) => ({ tenantId, table: "projects", cursor: null }),
  "archives/write:segments": ({ tenantId, archiveId }) => ({ tenantId, archiveId, cursor: null }),
  "archives/write:take": ({ tenantId, archiveId, upload: { storageId } }) => ({
    ...{ tenantId, archiveId, storageId, start: 0, bytes: 1 },
    progress: { place: { kind: "end" }, bytes: 1, rows: 0, files: 0 },
  }),
  "archives/write:work": ({ tenantId, archiveId }) => ({ tenantId, archiveId }),
  "authorities:continueRename": ({ tenantId, authorityId }) => ({
    ...{ tenantId, authorityId, cursor: null },
  }),
  // A number that is not the next one: with a customer, those below would call Stripe, which is not there.
  "billing/customer:attach": ({ tenantId }) => ({
    ...{ tenantId, customer: "cus_made_up", customersMade: 7 },
  }),
  "billing/customer:own": ({ tenantId }) => ({ tenantId }),
  "billing/ending:advance": ({ tenantId }) => ({ tenantId }),
  "billing/ending:cancel": ({ tenantId }) => ({ tenantId }),
  "billing/ending:due": ({ tenantId }) => ({ tenantId }),
  "billing/reconcile:run": { after: "" },
  "billing/requests:finish": (own) => ({ ...billingRequest(own), url: "https://evil.example" }),
  "billing/requests:open": billingRequest,
  "billing/requests:perform": billingRequest,
  "billing/sync:apply": ({ tenantId }) => ({
    tenantId,
    read: 1,
    snapshot: {
      ...{ customer: "cus_made_up", deleted: false, surplus: 0, invoices: [] },
      subscription: null,
    },
  }),
  "billing/sync:begin": ({ tenantId }) => ({ tenantId }),
  "billing/sync:run": ({ tenantId }) => ({ tenantId, asked: "nightly" }),
  "billing/sync:tenantOf": { customer: "cus_made_up" },
  "contactLinks:continueMerge": ({ tenantId, contactId }) => ({
    ...{ tenantId, contactId },
    place: { step: 0, cursor: null },
  }),
  "contactLinks:follow": ({ tenantId, contactId }) => ({
    ...{ tenantId, contactId },
    place: { step: 0, cursor: null },
  }),
  "documents:sweep": ({ tenantId, deletedDocumentId: documentId }) => {
    const document = target.rows("documents").find(({ _id }) => _id === documentId);
    return { tenantId, documentId, deletedAt: document?.deletedAt };
  },
  "emails/outbox:begin": (company) => ({ ...welcomeMail(company), attempt: 1 }),
  "emails/outbox:finish": (company) => ({
    ...welcomeMail(company),
    attempt: 1,
    outcome: { kind: "accepted" },
  }),
  "emails/outbox:retry": welcomeMail,
  "emails/outbox:sweep": { overdueMs: 0 },
  "emails/platformOutbox:begin": () => ({ emailId: mailToStaff(), attempt: 1 }),
  "emails/platformOutbox:finish": () => ({
    ...{ emailId: mailToStaff(), attempt: 1, outcome: { kind: "accepted" } },
  }),
  "emails/platformOutbox:sweep": { overdueMs: 0 },
  "emails/send:sendPlatform": () => ({
    ...{ emailId: mailToStaff(), attempt: 1, to: "mallory@evil.example" },
    message: { kind: "closed", data: { companyName: "Made Up Solar" } },
  }),
  "emails/send:send": (company) => ({
    ...welcomeMail(company),
    attempt: 1,
    to: "mallory@evil.example",
    message: { kind: "closed", data: { companyName: "Made Up Solar" } },
  }),
  "erasure:advance": ofErasure,
  "erasure:closeAccounts": ofErasure,
  "erasure:eraseClosed": {},
  "erasure:openAccounts": ofErasure,
  "erasure:recordClosed": (own) => ({
    ...{ ...ofErasure(own), closed: { customers: [], invitations: [], members: [] } },
  }),
  "erasure:sweep": {},
  "files:forgetUpload": ({ tenantId, upload }) => ({ tenantId, uploadId: upload.uploadId }),
  "files:open": ({ logoId }) => ({ fileId: logoId }),
  "files:sweep": {},
  "invitationDelivery:deliver": ofRound,
  "invitationDelivery:expire": ({ tenantId, invitationId }) => ({ tenantId, invitationId }),
  "invitationDelivery:noteProblem": (own) => ({ ...ofRound(own), problem: "refused" }),
  "invitationDelivery:order": ofRound,
  "invitationDelivery:retry": ofRound,
  "invitationDelivery:settle": (own) => ({ ...ofRound(own), url: "https://evil.example" }),
  "joining:acceptFor": ({ invitationId }) => ({
    clerkUserId: "user_made_up",
    email: "invited@names.example",
    name: "Mallory",
    invitationId,
  }),
  "leadForms:receive": ({ formToken }) => ({
    token: formToken,
    answers: { name: "Mallory", email: "m@evil.example", phone: "", address: "", message: "" },
    sending: "made up",
  }),
  "members:appointAdministrator": ({ tenantId, memberId }) => ({
    tenantId,
    memberId,
    reason: "Made up",
  }),
  "notifications:continueMarkAllRead": ({ tenantId, memberId }) => ({
    tenantId,
    memberId,
    until: Date.now(),
  }),
  "notifications:sweep": {},
  "pipelineStages:continueRemoval": ({ tenantId, stageIds }) => ({
    tenantId,
    stageId: stageIds[0],
  }),
  "pipelineStages:refreshProjects": ({ tenantId, stageIds }) => ({
    tenantId,
    stageId: stageIds[0],
    place: { archived: false, cursor: null },
  }),
  "placements:joined": {
    ...{ clerkUserId: "user_made_up", email: "mallory@evil.test", shard: "east" },
  },
  "placements:tellHome": { clerkUserId: "user_made_up", email: "mallory@evil.test" },
  "placements:place": { email: "mallory@evil.test", shard: "east" },
  "placements:release": { email: "mallory@evil.test", shard: "east", kind: "invited" },
  "placements:reserve": { email: "mallory@evil.test", shard: "east", kind: "founder" },
  "platformTotals:follow": {},
  "provisioning:ensureTenantOf": {
    clerkUserId: "user_made_up",
    email: "made-up@evil.example",
    name: "Mallory",
    companyName: "Made Up Solar",
    plan: "enterprise",
  },
  "sampleProjects:add": ({ tenantId, memberId }) => ({
    ...{ tenantId, memberId, projects: [{ name: "Made up", customerName: "Mallory" }] },
  }),
  "staff:grant": ({ staffEmail: email }) => ({ email, level: "owner" }),
  "staff/people:fail": { email: "mallory@evil.test", askedAt: 0, problem: "Made up" },
  "staff/people:lookUp": { email: "mallory@evil.test", askedAt: 0 },
  "staff/people:settle": {
    ...{ email: "mallory@evil.test", askedAt: 0, clerkUserId: "user_intruder", name: "Mallory" },
  },
  "staff:grantTo": {
    ...{ clerkUserId: "user_intruder", email: "intruder@sunup.test", name: "Intruder" },
    level: "owner",
  },
  "staff/entries:expire": ({ tenantId, entryId }) => ({ tenantId, entryId }),
  "staff/entries:tell": ({ tenantId, entryId }) => ({
    ...{ tenantId, entryId, action: "company.entryEnded", subject: "Made up" },
  }),
  "staff:revoke": { clerkUserId: "user_intruder" },
  "stageRecount:countStage": ({ tenantId, stageIds }) => ({
    ...{ tenantId, stageId: stageIds[0], soFar: null },
  }),
  "stageRecount:run": ({ tenantId }) => ({ tenantId }),
  "tasks:followProject": ({ tenantId, projectId }) => ({ tenantId, projectId, cursor: null }),
  "tasks:purge": ({ tenantId, taskId }) => ({ tenantId, taskId, removedAt: 0 }),
  "telemetry/performance:record": { digest: "cd".repeat(32), executions: [], lines: [] },
  "telemetry/performance:sweep": {},
  "tenantSummaries:count": ({ tenantId }) => ({ tenantId }),
  "telemetry/logStream:take": { digest: "ab".repeat(32), lines: [], unknown: [] },
  "telemetry/retention:sweep": {},
  "tenantLifecycle:advanceClosing": ({ tenantId }) => ({ tenantId, closesAt: 0 }),
  "tenantLifecycle:advancePlanGrant": ({ tenantId }) => ({ tenantId, expiresAt: 0 }),
  "tenantLifecycle:advanceTrial": ({ tenantId }) => ({ tenantId, trialEndsAt: 0 }),
  "tenantLifecycle:extendTrial": ({ tenantId }) => ({
    ...{ tenantId, staffName: "Mallory", reason: "Made up" },
    trialEndsAt: Date.now() + 60_000,
  }),
  "tenantLifecycle:reactivate": ({ tenantId }) => ({
    ...{ tenantId, staffName: "Mallory", reason: "Made up" },
  }),
  "tenantLifecycle:suspend": ({ tenantId }) => ({
    ...{ tenantId, staffName: "Mallory", reason: "Made up" },
  }),
  "usageCheck:check": ({ tenantId }) => ({ tenantId }),
  "usageCheck:run": { after: 0 },
  "webhookEvents:failed": { source: "clerk", eventId: "msg_failed" },
  "webhookEvents:receive": {
    source: "clerk",
    eventId: "msg_made_up",
    body: JSON.stringify({ type: "session.created", data: { id: "sess_made_up" } }),
  },
  "webhookEvents:recordFailure": {
    source: "clerk",
    eventId: "msg_failed",
    body: JSON.stringify({ type: "session.created", data: { id: "sess_made_up" } }),
    error: "Made up",
  },
  "webhookEvents:retry": { source: "clerk", eventId: "msg_failed" },
  "webhookEvents:settle": {
    ...{ source: "clerk", eventId: "msg_failed", status: "processed", detail: "Made up" },
  },
  "webhookEvents:sweep": {},
};

test("internal functions do nothing for a client, not even with arguments that work", async () => {
  const { url, adminKey } = target.convex;
  const token = await company.token();
  const working = Object.entries(WORKING).map(
    ([path, args]) => [path, typeof args === "function" ? args(company) : args] as const,
  );
  const known = Object.keys(WORKING).sort((a, b) => a.localeCompare(b));
  expect(internal, "give WORKING arguments for every internal function").toEqual(known);
  const before = await target.state();
  for (const [path, args] of working) {
    for (const endpoint of ENDPOINTS) {
      for (const headers of [{}, bearer(token)]) {
        const { body } = await callOverHttp(url, { endpoint, path, args }, headers);
        expect(body, path).toEqual({ status: "error", errorMessage: "[Request ID] Server Error" });
      }
    }
    for (const who of [{}, { token }]) {
      const answers = await callOverSocket(url, { path, args, ...who });
      expect(new Set(answers), path).toEqual(new Set(["refused [Request ID] Server Error"]));
    }
  }
  expect(await target.state()).toBe(before);
  const identity = { subject: company.userId, issuer: target.clerk.issuer };
  const asMember = `Convex ${adminKey}:${btoa(JSON.stringify(identity))}`;
  for (const [path, args] of working) {
    const call = { endpoint: endpointOf.get(path) ?? "mutation", path, args };
    const { body } = await callOverHttp(url, call, { authorization: asMember });
    expect(body, `the arguments for ${path} do work`).toMatchObject({ status: "success" });
  }
  expect(await target.state()).not.toBe(before);
  await target.idle();
});

test("a scan over HTTP tells internal, system and made-up names apart in nothing", async () => {
  const before = await target.state();
  const headers = bearer(await company.token());
  const answers = new Map<string, string[]>();
  for (const endpoint of ENDPOINTS) {
    for (const path of [...internal, ...MADE_UP]) {
      for (const who of [{}, headers]) {
        const answer = JSON.stringify(
          await callOverHttp(target.convex.url, { endpoint, path }, who),
        );
        answers.set(answer, [...(answers.get(answer) ?? []), `${endpoint} ${path}`]);
      }
    }
  }
  expect([...answers.keys()].map((text) => JSON.parse(text) as unknown)).toEqual([
    { status: 200, body: { status: "error", errorMessage: "[Request ID] Server Error" } },
  ]);
  expect(await target.state()).toBe(before);
});

test("a scan over the WebSocket tells internal, system and made-up names apart in nothing", async () => {
  const before = await target.state();
  const token = await company.token();
  for (const path of [...internal, ...MADE_UP]) {
    for (const who of [{}, { token }]) {
      const answers = await callOverSocket(target.convex.url, { path, ...who });
      expect(new Set(answers), path).toEqual(new Set(["refused [Request ID] Server Error"]));
    }
  }
  expect(await target.state()).toBe(before);
});

test("functions of components are not for clients, whatever the name", async () => {
  const before = await target.state();
  const token = await company.token();
  for (const componentPath of ["rateLimiter", "__proto__", "../", "a/b"]) {
    const call = { path: "projects:list", componentPath };
    for (const endpoint of ENDPOINTS) {
      const answer = await callOverHttp(target.convex.url, { endpoint, ...call }, bearer(token));
      expect(answer.status).toBe(403);
    }
    expect(new Set(await callOverSocket(target.convex.url, { ...call, token }))).toEqual(
      new Set(["connection ended"]),
    );
  }
  expect(await target.state()).toBe(before);
});

test("a public function answers only as what it is", async () => {
  const before = await target.state();
  const headers = bearer(await company.token());
  const wrong = [
    { endpoint: "query", path: "projects:create" },
    { endpoint: "action", path: "projects:create" },
    { endpoint: "mutation", path: "projects:list" },
    { endpoint: "action", path: "members:me" },
  ] as const;
  for (const call of wrong) {
    const { body } = await callOverHttp(target.convex.url, call, headers);
    expect(body).toEqual({ status: "error", errorMessage: "[Request ID] Server Error" });
  }
  expect(await target.state()).toBe(before);
});
