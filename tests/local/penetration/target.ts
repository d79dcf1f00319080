/**
 * What the attacks are aimed at: a local Clerk and the engine with Sunup's own functions, both on
 * 127.0.0.1 and started for one test file, with a few companies in it.
 */
import { createHash, generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createClerkClient } from "@clerk/backend";
import { ConvexHttpClient } from "convex/browser";
import type { Doc, Id, TableNames } from "../../../convex/_generated/dataModel.js";
import { api } from "../../../convex/_generated/api.js";
import { startClerk, type LocalClerk } from "../../../local/clerk/server.ts";
import { startMail, type LocalMail } from "../../../local/mail/server.ts";
import { CRON_JOBS, JOB_QUEUE } from "../../../local/convex/systemTables.ts";
import {
  startConvex,
  type LocalConvex,
  type StartConvexOptions,
} from "../../../local/convex/server.ts";
import { rowsOf, storedRows } from "../convex/storedRows.ts";

export const PASSWORD = "rooftop-panels-7";
export const APP_URL = "http://localhost:5100";
const FUNCTIONS = path.join(import.meta.dirname, "../../../convex");

/** A company with one administrator, one project, a logo and the usual stages. */
export type Company = {
  tenantId: Id<"tenants">;
  memberId: Id<"members">;
  userId: string;
  email: string;
  sessionId: string;
  projectId: Id<"projects">;
  stageIds: Id<"pipelineStages">[];
  /** A pending invitation, whose mail is queued. */
  invitationId: Id<"invitations">;
  /** An AHJ of its directory, and a permit of the project that was submitted to it. */
  notificationId: Id<"notifications">;
  taskId: Id<"tasks">;
  noteId: Id<"notes">;
  /** A view of the projects that the administrator shares. */
  viewId: Id<"savedViews">;
  authorityId: Id<"authorities">;
  permitId: Id<"permits">;
  logoId: Id<"files">;
  /** A second logo, sent and not claimed yet. */
  upload: Upload;
  campaignId: Id<"campaigns">;
  /** The key of that campaign's form. */
  formToken: string;
  /** A lead of that campaign. */
  leadId: Id<"leads">;
  importId: Id<"leadImports">;
  contactId: Id<"contacts">;
  organizationId: Id<"organizations">;
  /** A second record of the contact. */
  duplicate: { contactId: Id<"contacts">; seen: { keep: number; merge: number } };
  /** A document of the project, one that was deleted, and one that is sent and not claimed yet. */
  documentId: Id<"documents">;
  deletedDocumentId: Id<"documents">;
  documentUpload: Upload;
  /** Somebody of Sunup is in, who has this address. */
  entryId: Id<"staffEntries">;
  staffNoteId: Id<"staffNotes">;
  staffEmail: string;
  /** The same one asked for the company's erasure. */
  erasureId: Id<"erasures">;
  /** A planned survey of the project. */
  surveyId: Id<"surveys">;
  /** An archive that is ready for its download. */
  archiveId: Id<"archives">;
  /** A fresh Convex token of the administrator, good for a minute or for so many seconds. */
  token(seconds?: number): Promise<string>;
  /** A client that acts as the administrator for a minute. */
  client(): Promise<ConvexHttpClient>;
  /** All that the company's own people can see, as text. */
  world(): Promise<string>;
};

export type Upload = { uploadId: Id<"fileUploads">; storageId: Id<"_storage"> };

export type Target = {
  clerk: LocalClerk;
  clerkClient: ReturnType<typeof createClerkClient>;
  convex: LocalConvex;
  mail: LocalMail;
  /** The key with which Clerk signs, for forgeries that get everything right but one thing. */
  signingKey: { keyId: string; privateKeyPem: string };
  newCompany(name: string): Promise<Company>;
  /** Lets staff be alerted, and mailed, about forged webhooks. */
  causeAlert(): Promise<void>;
  /** The rows of a table, of all companies. */
  rows<Table extends TableNames>(table: Table): Doc<Table>[];
  /** Every row that is stored, but for the schedule: equal before and after means nothing was written. */
  state(): Promise<string>;
  /** Resolves once nothing is left of the schedule that is due within some seconds. */
  idle(): Promise<void>;
  close(): Promise<void>;
};

/** @param engine how the engine shall differ: where its log goes, say; `env` adds to its variables. */
export async function startTarget(
  engine: Pick<Partial<StartConvexOptions>, "onLog" | "logStream" | "env"> = {},
): Promise<Target> {
  const folder = mkdtempSync(path.join(tmpdir(), "penetration-"));
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const signingKey = {
    keyId: "ins_penetration",
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
  const mail = await startMail({
    port: 0,
    dataDir: path.join(folder, "mail"),
    webhookUrl: "http://127.0.0.1:9/nobody-listens",
    webhookRetryScheduleMs: [],
    onLog: () => {},
  });
  const clerk = await startClerk({
    port: 0,
    dataDir: path.join(folder, "clerk"),
    appUrl: APP_URL,
    // Companies are set up without the webhook here.
    webhookUrl: "http://127.0.0.1:9/nobody-listens",
    webhookRetryScheduleMs: [],
    keys: signingKey,
    sendMail: (sent) => mail.deliver(sent),
    onLog: () => {},
  });
  const convex = await startConvex({
    functionsDir: FUNCTIONS,
    dataDir: path.join(folder, "convex"),
    port: 0,
    sitePort: 0,
    ...engine,
    env: {
      ...(engine.logStream && { LOG_STREAM_SECRET: engine.logStream.secret }),
      CLERK_JWT_ISSUER_DOMAIN: clerk.issuer,
      CLERK_WEBHOOK_SIGNING_SECRET: clerk.webhookSecret,
      CLERK_SECRET_KEY: clerk.secretKey,
      CLERK_API_URL: clerk.url,
      APP_URL,
      SECURITY_ALERT_EMAIL: "security@sunup.example",
      ...engine.env,
    },
  });
  const clerkClient = createClerkClient({ secretKey: clerk.secretKey, apiUrl: clerk.url });
  const stored = () => storedRows(path.join(folder, "convex"));
  return {
    clerk,
    clerkClient,
    convex,
    mail,
    signingKey,
    newCompany: (name) => newCompany(clerkClient, convex, name),
    causeAlert: () => causeAlert(convex),
    rows: (table) => rowsOf(path.join(folder, "convex"), table),
    state: async () => JSON.stringify(stored().filter(({ table }) => !SCHEDULE.includes(table))),
    async idle() {
      const isDue = ({ table, row }: { table: string; row: string }) => {
        if (table !== "_scheduled_functions") return false;
        const job = JSON.parse(row) as { scheduledTime: number; state: { kind: string } };
        return (
          ["pending", "inProgress"].includes(job.state.kind) &&
          job.scheduledTime <= Date.now() + SOON_MS
        );
      };
      while (stored().some(isDue)) await sleep(50);
    },
    async close() {
      await convex.close();
      await clerk.close();
      await mail.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Work on many companies is spread over this time. */
const SOON_MS = 5_000;

/** What crons and scheduled functions leave when they run, which they do as they please. */
const SCHEDULE = ["_scheduled_functions", JOB_QUEUE, CRON_JOBS];

async function newCompany(
  clerk: Target["clerkClient"],
  { url: convexUrl, adminKey }: LocalConvex,
  name: string,
): Promise<Company> {
  const email = `admin+clerk_test@${name.toLowerCase()}.example`;
  const user = await clerk.users.createUser({
    emailAddress: [email],
    password: PASSWORD,
    firstName: "Ada",
    lastName: name,
  });
  const session = await clerk.sessions.createSession({ userId: user.id });
  const token = async (seconds?: number) =>
    (await clerk.sessions.getToken(session.id, "convex", seconds)).jwt;
  const client = async () => {
    const made = new ConvexHttpClient(convexUrl, { logger: false });
    made.setAuth(await token());
    return made;
  };
  const first = await client();
  const companyName = `${name} Solar`;
  await first.mutation(api.onboarding.ensureTenant, { companyName, plan: "pro" });
  const stages = await first.query(api.pipelineStages.list, {});
  const projectId = await first.mutation(api.projects.create, {
    name: `Roof of ${name}`,
    customerName: `Customer of ${name}`,
    notes: `Secret of ${name}`,
  });
  const campaignId = await first.mutation(api.campaigns.create, { name: `Fair of ${name}` });
  await first.mutation(api.campaigns.openForm, { campaignId });
  const campaigns = await first.query(api.campaigns.settings, {});
  const { formToken } = campaigns.find(({ _id }) => _id === campaignId)!;
  const leadId = await first.mutation(api.leads.create, {
    ...{ name: `Lead of ${name}`, notes: `Secret of ${name}`, campaignId },
  });
  const archiveId = await writeArchive(first);
  const authorityId = await first.mutation(api.authorities.add, {
    kind: "ahj",
    name: `City of ${name}`,
    notes: `Secret of ${name}`,
  });
  const permitId = await first.mutation(api.permits.add, {
    ...{ projectId, kind: "permit", title: `Permit of ${name}`, authorityId },
  });
  const submitted = { kind: "submitted", on: "2026-01-02" } as const;
  await first.mutation(api.permits.record, { permitId, revision: 0, step: submitted });
  const claim = await first.mutation(api.company.setLogo, {
    ...(await sendLogo(first, `Logo of ${name}`)),
    replaces: null,
  });
  if (!("fileId" in claim)) throw new Error(claim.refused.message);
  await askStripe(first);
  const people = await addPeople(first, name, projectId);
  const taskId = await first.mutation(api.tasks.add, { projectId, title: `Task of ${name}` });
  const noteId = await first.mutation(api.notes.add, {
    ...{ projectId, parts: [{ text: `Secret of ${name}` }] },
  });
  const viewId = await first.mutation(api.savedViews.save, {
    ...{ name: `Secret of ${name}`, shared: true, filter: { view: "board" } },
  });
  const me = await first.query(api.members.me, {});
  return {
    tenantId: me.tenant._id,
    memberId: me.member!._id,
    userId: user.id,
    email,
    sessionId: session.id,
    projectId,
    stageIds: stages.map(({ _id }) => _id),
    invitationId: await invite(first, `invited@${name.toLowerCase()}.example`),
    notificationId: await addNotification(clerk, convexUrl, first, { name, projectId }),
    taskId,
    noteId,
    viewId,
    authorityId,
    permitId,
    logoId: claim.fileId,
    upload: await sendLogo(first, `New logo of ${name}`),
    campaignId,
    formToken: formToken!,
    leadId,
    ...people,
    importId: await first.mutation(api.leadImports.start, {
      ...{ fileName: "leads.csv", fingerprint: "ab".repeat(32), rows: 2, campaignId },
      ...{ mapping: ["name" as const], duplicates: "skip" as const },
    }),
    ...(await addDocuments(first, projectId, name)),
    ...(await addEntry(clerk, convexUrl, adminKey, { name, tenantId: me.tenant._id })),
    surveyId: await first.mutation(api.surveys.schedule, {
      ...{ projectId, startsAt: Date.now(), assigneeId: me.member!._id, note: "Secret of survey" },
    }),
    archiveId,
    token,
    client,
    async world() {
      const own = await client();
      const page = { paginationOpts: { numItems: 100, cursor: null } };
      const seen = await Promise.all([
        own.query(api.members.me, {}),
        own.query(api.members.list, page),
        own.query(api.members.seats, {}),
        own.query(api.invitations.list, {}),
        own.query(api.pipelineStages.list, {}),
        own.query(api.campaigns.settings, {}),
        own.query(api.leads.list, page),
        own.query(api.leads.get, { leadId }),
        own.query(api.projects.list, page),
        own.query(api.projects.list, { ...page, archived: true }),
        own.query(api.projects.get, { projectId }),
        own.query(api.company.profile, {}),
        own.query(api.authorities.list, { ...page, archived: false }),
        own.query(api.permits.ofProject, { projectId }),
        own.query(api.contacts.list, page),
        own.query(api.organizations.list, page),
        own.query(api.contacts.duplicates, page),
        own.query(api.documents.list, { ...page, projectId }),
        own.query(api.documents.recentlyDeleted, page),
        own.query(api.surveys.ofProject, { projectId }),
        own.query(api.archives.recent, {}),
      ]);
      return JSON.stringify(seen);
    },
  };
}

/** An archive of the company, once it is whole. */
async function writeArchive(client: ConvexHttpClient): Promise<Id<"archives">> {
  const archiveId = await client.mutation(api.archives.start, {});
  for (;;) {
    const archives = await client.query(api.archives.recent, {});
    const state = archives.find(({ _id }) => _id === archiveId)?.state;
    if (state === "ready") return archiveId;
    if (state !== "running") throw new Error(`The archive is ${state}.`);
    await sleep(100);
  }
}

/** Somebody of Sunup enters the company, is in, and asks for its erasure. */
async function addEntry(
  clerk: Target["clerkClient"],
  convexUrl: string,
  adminKey: string,
  { name, tenantId }: { name: string; tenantId: Id<"tenants"> },
): Promise<Pick<Company, "entryId" | "staffNoteId" | "staffEmail" | "erasureId">> {
  const email = `robin+clerk_test@for-${name.toLowerCase()}.example`;
  const user = await clerk.users.createUser({ emailAddress: [email], password: PASSWORD });
  const person = { clerkUserId: user.id, email, name: `Robin for ${name}`, level: "operator" };
  const granted = await fetch(`${convexUrl}/api/mutation`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Convex ${adminKey}` },
    body: JSON.stringify({ path: "staff:grantTo", args: person }),
  });
  if (!granted.ok) throw new Error(`staff:grantTo: ${await granted.text()}`);
  const session = await clerk.sessions.createSession({ userId: user.id });
  const robin = new ConvexHttpClient(convexUrl, { logger: false });
  robin.setAuth((await clerk.sessions.getToken(session.id, "convex")).jwt);
  const reason = `Secret of ${name}`;
  await robin.mutation(api.staff.entries.enter, { tenantId, access: "read", reason });
  const { _id: entryId } = (await robin.query(api.staff.entries.mine, {}))!;
  const staffNoteId = await robin.mutation(api.staff.notes.add, { tenantId, text: reason });
  const erasureId = await robin.mutation(api.staff.erasures.request, {
    ...{ tenantId, companyName: `${name} Solar`, reason },
  });
  return { entryId, staffNoteId, staffEmail: email, erasureId };
}

/** An organization, and a person of it who is recorded twice. */
async function addPeople(client: ConvexHttpClient, name: string, projectId: Id<"projects">) {
  const noMore = { address: "", notes: "", phone: "512 555 0100" };
  const organizationId = await client.mutation(api.organizations.create, {
    ...{ ...noMore, name: `Homes of ${name}`, kind: "builder" as const, website: "" },
  });
  const person = { ...noMore, email: `customer@${name.toLowerCase()}.example`, organizationId };
  const contactId = await client.mutation(api.contacts.create, {
    ...person,
    name: `Customer of ${name}`,
  });
  const twin = await client.mutation(api.contacts.create, { ...person, name: `Twin of ${name}` });
  await client.mutation(api.contactLinks.linkProject, { projectId, contactId });
  const seen = {
    keep: (await client.query(api.contacts.get, { contactId })).updatedAt,
    merge: (await client.query(api.contacts.get, { contactId: twin })).updatedAt,
  };
  return { contactId, organizationId, duplicate: { contactId: twin, seen } };
}

/** A colleague joins and gives the project to the administrator, who is told. */
async function addNotification(
  clerk: Target["clerkClient"],
  convexUrl: string,
  administrator: ConvexHttpClient,
  { name, projectId }: { name: string; projectId: Id<"projects"> },
): Promise<Id<"notifications">> {
  const email = `colleague+clerk_test@${name.toLowerCase()}.example`;
  const roles = ["Manager" as const];
  await administrator.mutation(api.invitations.invite, {
    emails: [email],
    roles,
    primaryRole: "Manager",
  });
  const invitation = (await administrator.query(api.invitations.list, {})).find(
    (each) => each.email === email,
  );
  const user = await clerk.users.createUser({ emailAddress: [email], password: PASSWORD });
  const session = await clerk.sessions.createSession({ userId: user.id });
  const colleague = new ConvexHttpClient(convexUrl, { logger: false });
  colleague.setAuth((await clerk.sessions.getToken(session.id, "convex")).jwt);
  await colleague.mutation(api.joining.accept, { invitationId: invitation?._id ?? "" });
  const me = await administrator.query(api.members.me, {});
  await colleague.mutation(api.projects.assign, { projectId, ownerId: null });
  await colleague.mutation(api.projects.assign, { projectId, ownerId: me.member!._id });
  const told = await administrator.query(api.notifications.list, {
    paginationOpts: { numItems: 1, cursor: null },
  });
  return told.page[0]!._id;
}

/** Invites somebody, and waits until nothing more is to be done about it. */
async function invite(client: ConvexHttpClient, email: string): Promise<Id<"invitations">> {
  const form = { emails: [email], roles: ["Sales" as const], primaryRole: "Sales" as const };
  await client.mutation(api.invitations.invite, form);
  for (;;) {
    const [invitation] = await client.query(api.invitations.list, {});
    if (invitation?.sentAt !== undefined) return invitation._id;
    await sleep(20);
  }
}

/** Asks for a page of Stripe's, of which there is none here, and waits until that is known. */
async function askStripe(client: ConvexHttpClient): Promise<void> {
  await client.mutation(api.billing.ask, { kind: "checkout" });
  while ((await client.query(api.billing.myRequest, {}))?.status === "pending") await sleep(20);
}

/** Sends a logo as the browser does: an address, the bytes to that address. It is not claimed yet. */
export async function sendLogo(client: ConvexHttpClient, bytes: string): Promise<Upload> {
  const file = announced("logo.png", "image/png", bytes);
  const started = await client.mutation(api.company.startLogoUpload, { file });
  return await send(started, file.contentType, bytes);
}

async function sendDocument(
  client: ConvexHttpClient,
  projectId: Id<"projects">,
  bytes: string,
): Promise<Upload> {
  const file = announced(`${bytes}.pdf`, "application/pdf", bytes);
  const started = await client.mutation(api.documents.startUpload, { projectId, file });
  return await send(started, file.contentType, bytes);
}

function announced(name: string, contentType: string, bytes: string) {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { name, contentType, size: Buffer.byteLength(bytes), sha256 };
}

async function send(
  { uploadId, uploadUrl }: { uploadId: Id<"fileUploads">; uploadUrl: string },
  contentType: string,
  bytes: string,
): Promise<Upload> {
  const headers = { "content-type": contentType };
  const sent = await fetch(uploadUrl, { method: "POST", headers, body: bytes });
  const { storageId } = (await sent.json()) as { storageId: Id<"_storage"> };
  return { uploadId, storageId };
}

/** Two documents of the project, one of them deleted, and a third that is sent. */
async function addDocuments(client: ConvexHttpClient, projectId: Id<"projects">, name: string) {
  for (const which of ["Permit", "Old plan"]) {
    const upload = await sendDocument(client, projectId, `${which} of ${name}`);
    await client.mutation(api.documents.add, { ...upload, projectId, kind: "permit" });
  }
  const page = { paginationOpts: { numItems: 10, cursor: null } };
  const listed = (await client.query(api.documents.list, { ...page, projectId })).page;
  const [deleted, kept] = listed.map(({ _id }) => _id);
  if (!deleted || !kept) throw new Error("The documents are not there.");
  await client.mutation(api.documents.remove, { documentId: deleted });
  return {
    documentId: kept,
    deletedDocumentId: deleted,
    documentUpload: await sendDocument(client, projectId, `New plan of ${name}`),
  };
}

async function causeAlert({ url, adminKey }: LocalConvex): Promise<void> {
  const where = { at: Date.now(), path: "POST /webhooks/clerk", sunup: "security" };
  const lines = Array.from({ length: 10 }, (_, index) => ({
    ...{ ...where, requestId: `r${index}` },
    data: { type: "forgedWebhook", source: "clerk", address: null, agent: `Agent ${index}` },
  }));
  const args = { digest: "cd".repeat(32), lines, unknown: [] };
  const body = JSON.stringify({ path: "telemetry/logStream:take", format: "json", args });
  const headers = { "content-type": "application/json", authorization: `Convex ${adminKey}` };
  const answer = await fetch(`${url}/api/mutation`, { method: "POST", headers, body });
  if (!answer.ok) throw new Error(`The alert was answered ${answer.status}.`);
}
