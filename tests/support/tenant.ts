import { api } from "../../convex/_generated/api.js";
import type { Doc, Id } from "../../convex/_generated/dataModel.js";
import { ARCHIVE_LIFETIME_MS } from "../../lib/archive/states.ts";
import { ADMINISTRATOR, ROLES, type Role } from "../../lib/roles.ts";
import { REQUEST_MS } from "../../lib/staffEntry.ts";
import { STANDING } from "../../lib/usage.ts";
import { type Backend, type ClerkUser, clerkEvent, deliver, identityOf } from "./backend.ts";
import { addDocument, type TestUpload, uploadDocument, uploadLogo, uploadPhoto } from "./files.ts";

/** A line of the last stage's gate, which no job ever passes. */
export const LAST_CHECK = {
  kind: "check",
  item: "handover1",
  label: "Papers handed over",
} as const;

/** A company that signed up through the webhook, with one project, a logo and one person per role. */
export type TestTenant = {
  tenantId: Id<"tenants">;
  admin: ClerkUser;
  /** Calls as the administrator. */
  as: ReturnType<Backend["withIdentity"]>;
  /** Calls as a member who holds only this role. */
  asRole: (role: Role) => ReturnType<Backend["withIdentity"]>;
  projectId: Id<"projects">;
  /** The administrator's membership. */
  memberId: Id<"members">;
  stages: Doc<"pipelineStages">[];
  /** An AHJ of the company's directory, and a permit of the project that was submitted to it. */
  authorityId: Id<"authorities">;
  permitId: Id<"permits">;
  logoId: Id<"files">;
  /** A second logo, sent and not claimed yet. */
  upload: TestUpload;
  /** The administrator was told something, unread. */
  notificationId: Id<"notifications">;
  /** A document of the project, one that was deleted, and one that is sent and not claimed yet. */
  documentId: Id<"documents">;
  deletedDocumentId: Id<"documents">;
  documentUpload: TestUpload;
  /** Assigned to the administrator, due. */
  taskId: Id<"tasks">;
  /** The administrator's. */
  noteId: Id<"notes">;
  /** Somebody of Sunup asks to come in. */
  entryId: Id<"staffEntries">;
  /** A planned survey of the project, one with everything it needs, and a photo that is sent. */
  surveyId: Id<"surveys">;
  fullSurveyId: Id<"surveys">;
  photoUpload: TestUpload;
  /** The member who holds only the role Viewer. */
  viewerId: Id<"members">;
  /** A pending invitation, to `invited@<key>.test`. */
  invitationId: Id<"invitations">;
  /** A campaign beside the default one, with an open form. */
  campaignId: Id<"campaigns">;
  /** The key of that campaign's form. */
  formToken: string;
  /** A lead of that campaign. */
  leadId: Id<"leads">;
  /** A view of the projects that the administrator shares. */
  viewId: Id<"savedViews">;
  /** An alert to staff about the administrator. */
  alertId: Id<"securityAlerts">;
  /** Somebody of Sunup has asked for the company's erasure, which waits for a second person. */
  erasureId: Id<"erasures">;
  /** A file of leads that is half imported. */
  importId: Id<"leadImports">;
  /** An archive of the company, ready for its download, of one segment. */
  archiveId: Id<"archives">;
  /** A person for whom the project is, of this organization. */
  contactId: Id<"contacts">;
  organizationId: Id<"organizations">;
  /** A second record of that person, and when both were changed last. */
  duplicate: { contactId: Id<"contacts">; seen: { keep: number; merge: number } };
};

/** Answers and photos with which a survey is complete. */
export const FULL_ANSWERS = {
  ...{ roofType: "metal", roofAgeYears: 12, roofPitch: 4.5, rafterSpacing: 24, shading: "some" },
  ...{ atticAccess: false, mainPanelAmps: 200, freeSpaces: 3 },
};
export const NEEDED_PHOTOS = ["house", "roof", "mainPanel", "panelLabel", "meter"];

/** Signs a company up through the signed webhook and fills it. `key` names it and its people. */
export async function signUp(t: Backend, key: string, plan = "pro"): Promise<TestTenant> {
  const admin: ClerkUser = {
    id: `user_${key}_admin`,
    email: `admin@${key}.test`,
    firstName: "Ada",
    lastName: key,
    unsafeMetadata: { companyName: `${key} Solar`, plan },
  };
  const response = await deliver(t, clerkEvent("user.created", admin));
  if (response.status !== 200) throw new Error(`sign-up of ${key}: ${await response.text()}`);

  const as = t.withIdentity(identityOf(admin));
  const projectId = await as.mutation(api.projects.create, {
    name: `Roof of ${key}`,
    customerName: `Customer of ${key}`,
    customerEmail: `customer@${key}.test`,
    notes: `Secret of ${key}`,
  });
  const { tenantId, memberId, stages } = await t.run(async (ctx) => {
    const project = (await ctx.db.get("projects", projectId))!;
    const stages = await ctx.db
      .query("pipelineStages")
      .withIndex("by_tenant_order", (q) => q.eq("tenantId", project.tenantId))
      .collect();
    await ctx.db.patch("pipelineStages", stages.at(-1)!._id, { gate: [LAST_CHECK] });
    return { tenantId: project.tenantId, memberId: project.createdBy, stages };
  });

  const authorityId = await as.mutation(api.authorities.add, {
    kind: "ahj",
    name: `City of ${key}`,
    notes: `Secret of ${key}`,
  });
  const permitId = await as.mutation(api.permits.add, {
    projectId,
    kind: "permit",
    title: `Permit of ${key}`,
    authorityId,
  });
  await as.mutation(api.permits.record, {
    permitId,
    revision: 0,
    step: { kind: "submitted", on: "2026-01-02" },
  });

  await as.mutation(api.notifications.setEmail, { choice: "weeklySummary", on: false });
  const logo = { name: `${key}.png`, bytes: `Logo of ${key}`, contentType: "image/png" };
  const claim = await as.mutation(api.company.setLogo, {
    ...(await uploadLogo(t, as, logo)),
    replaces: null,
  });
  if (!("fileId" in claim)) throw new Error(claim.refused.message);
  const upload = await uploadLogo(t, as, { ...logo, bytes: `New logo of ${key}` });

  const taskId = await as.mutation(api.tasks.add, {
    projectId,
    title: `Task of ${key}`,
    dueDay: "2026-11-23",
    assigneeId: memberId,
  });
  const noteId = await as.mutation(api.notes.add, {
    projectId,
    parts: [{ text: `Secret of ${key} for ` }, { memberId }],
  });

  const viewId = await as.mutation(api.savedViews.save, {
    name: `View of ${key}`,
    shared: true,
    filter: { view: "board", owner: memberId, stage: stages[0]!._id },
  });

  const campaignId = await as.mutation(api.campaigns.create, { name: `Fair of ${key}` });
  await as.mutation(api.campaigns.openForm, { campaignId });
  const campaigns = await as.query(api.campaigns.settings, {});
  const { formToken } = campaigns.find(({ _id }) => _id === campaignId)!;
  const leadId = await as.mutation(api.leads.create, {
    name: `Lead of ${key}`,
    email: `lead@${key}.test`,
    phone: "(555) 010-0142",
    campaignId,
  });
  const people = await addPeople(t, as, key, { projectId, leadId });
  const pdf = (name: string) => ({
    name: `${name} of ${key}.pdf`,
    bytes: `${name} of ${key}`,
    contentType: "application/pdf",
  });
  const documentId = await addDocument(t, as, projectId, { ...pdf("Permit"), kind: "permit" });
  const deletedDocumentId = await addDocument(t, as, projectId, pdf("Old plan"));
  await as.mutation(api.documents.remove, { documentId: deletedDocumentId });
  const documentUpload = await uploadDocument(t, as, projectId, pdf("New plan"));

  // A plan without surveys has some too, from the days of its trial.
  const siteSurvey = { feature: "siteSurvey" as const, on: true };
  await t.run(({ db }) => db.patch("tenants", tenantId, { overrides: [siteSurvey] }));
  const visit = { projectId, startsAt: Date.now(), assigneeId: memberId, note: `Gate of ${key}` };
  const surveyId = await as.mutation(api.surveys.schedule, visit);
  const fullSurveyId = await as.mutation(api.surveys.schedule, visit);
  await as.mutation(api.surveys.saveAnswers, { surveyId: fullSurveyId, answers: FULL_ANSWERS });
  const photo = { name: "p.png", bytes: `Photo of ${key}`, contentType: "image/png" };
  const photoUpload = await uploadPhoto(t, as, surveyId, photo);
  await t.run(async ({ db }) => {
    const { _id, _creationTime, ...document } = (await db.get("documents", documentId))!;
    const taken = { ...document, kind: "sitePhoto" as const, surveyId: fullSurveyId };
    for (const surveySlot of NEEDED_PHOTOS) await db.insert("documents", { ...taken, surveySlot });
    await db.patch("tenants", tenantId, { overrides: undefined });
  });

  const { viewerId, invitationId, notificationId, entryId } = await t.run(async (ctx) => {
    for (const role of ROLES.filter((each) => each !== ADMINISTRATOR)) {
      const person = personOf(key, role);
      await ctx.db.insert("members", {
        tenantId,
        clerkUserId: person.id,
        email: person.email,
        name: role,
        roles: [role],
        primaryRole: role,
        status: "active",
        profileUpdatedAt: 0,
      });
    }
    const viewer = await ctx.db
      .query("members")
      .withIndex("by_clerkUserId", (q) => q.eq("clerkUserId", personOf(key, "Viewer").id))
      .unique();
    const invitationId = await ctx.db.insert("invitations", {
      tenantId,
      email: `invited@${key}.test`,
      roles: ["Sales"],
      primaryRole: "Sales",
      invitedBy: memberId,
      status: "pending",
      expiresAt: Date.now() + 7 * 24 * 60 * 60_000,
      round: 1,
      settledRound: 1,
      attempts: 1,
    });
    const notificationId = await ctx.db.insert("notifications", {
      tenantId,
      memberId,
      kind: "projectOwner",
      by: "Manager",
      about: `Roof of ${key}`,
      subject: { projectId },
    });
    await ctx.db.insert("presence", { tenantId, memberId, lastSeenAt: Date.now() });
    await ctx.db.insert("billingAccounts", {
      tenantId,
      customer: `cus_${key}`,
      customersMade: 1,
      invoices: [],
      readsBegun: 0,
      readWritten: 0,
    });
    await ctx.db.insert("billingRequests", {
      tenantId,
      memberId,
      kind: "portal",
      status: "done",
      askedAt: Date.now(),
      url: `https://billing.stripe.test/p/${key}`,
    });
    const entryId = await ctx.db.insert("staffEntries", {
      ...{ tenantId, staffId: `nobody_${key}`, staffName: `Robin for ${key}`, access: "read" },
      ...{ reason: `Look at ${key}`, state: "requested", endsAt: Date.now() + REQUEST_MS },
    });
    const seats = await ctx.db
      .query("usage")
      .withIndex("by_tenant_period_metric", (q) =>
        q.eq("tenantId", tenantId).eq("period", STANDING).eq("metric", "users"),
      )
      .unique();
    // The people above, and the invitation.
    await ctx.db.patch("usage", seats!._id, { value: ROLES.length + 1 });
    return { viewerId: viewer!._id, invitationId, notificationId, entryId };
  });
  return {
    tenantId,
    admin,
    as,
    asRole: (role) => t.withIdentity(identityOf(personOf(key, role))),
    projectId,
    memberId,
    stages,
    authorityId,
    permitId,
    logoId: claim.fileId,
    upload,
    documentId,
    deletedDocumentId,
    documentUpload,
    surveyId,
    fullSurveyId,
    photoUpload,
    viewerId,
    invitationId,
    entryId,
    campaignId,
    formToken: formToken!,
    leadId,
    notificationId,
    ...people,
    taskId,
    noteId,
    viewId,
    alertId: await alertAbout(t, key, tenantId),
    erasureId: await askForErasure(t, key, tenantId),
    importId: await addImport(as, key, campaignId),
    archiveId: await addArchive(t, key, tenantId),
  };
}

async function alertAbout(t: Backend, key: string, tenant: Id<"tenants">) {
  const about = { subject: `user_${key}_admin`, subjectName: `Admin of ${key}`, tenant };
  const once = { count: 1, firstAt: 0, lastAt: 0, status: "open" as const };
  return await t.run(({ db }) =>
    db.insert("securityAlerts", { kind: "staffEntry", ...about, ...once }),
  );
}

async function askForErasure(t: Backend, key: string, tenant: Id<"tenants">) {
  const asked = { requestedByName: "Robin", requestedAt: 0, reason: "They asked for it" };
  return await t.run(({ db }) =>
    db.insert("erasures", {
      ...{ tenant, companyName: `${key} Solar`, number: "E-0", fingerprint: "", ...asked },
      ...{ state: "requested", phase: "people", cursor: null, step: 0, failures: 0 },
      ...{ erased: [], nameless: [], files: 0, bytes: 0, kept: [] },
      ...{ accounts: 0, invitations: 0, customers: 0, jobs: 0, scanned: 0, found: 0, scans: 0 },
    }),
  );
}

async function addArchive(t: Backend, key: string, tenantId: Id<"tenants">) {
  return await t.run(async (ctx) => {
    const content = new Blob([`Archive of ${key}`]);
    const storageId = await ctx.storage.store(content);
    const place = { kind: "end" as const };
    const archiveId = await ctx.db.insert("archives", {
      ...{ tenantId, state: "ready", askedBy: { kind: "system" }, startedAt: 0, finishedAt: 0 },
      ...{ dueAt: Date.now() + ARCHIVE_LIFETIME_MS, lost: 0 },
      progress: { place, bytes: content.size, rows: 0, files: 0 },
    });
    await ctx.db.insert("restores", {
      ...{
        tenantId,
        archiveId,
        state: "refused",
        reason: `Moved to ${key}`,
        startedAt: 0,
        lost: 0,
      },
      ...{ place: { table: 0, part: 0, line: 0 }, rows: 0, files: 0, leftOut: 0 },
    });
    await ctx.db.insert("restoredRows", { tenantId, from: `old of ${key}`, to: archiveId });
    const segment = { tenantId, archiveId, start: 0, bytes: content.size, storageId };
    await ctx.db.insert("archiveSegments", segment);
    return archiveId;
  });
}

/** A file of two leads, the first of which has a problem and is done. */
async function addImport(as: TestTenant["as"], key: string, campaignId: Id<"campaigns">) {
  const importId = await as.mutation(api.leadImports.start, {
    ...{ fileName: `${key}.csv`, fingerprint: "ab".repeat(32), rows: 2, campaignId },
    ...{ mapping: ["name", "email"], duplicates: "skip" },
  });
  const nameless = { name: "", email: `nameless@${key}.test`, phone: "", address: "", notes: "" };
  await as.mutation(api.leadImports.addRows, { importId, from: 0, rows: [nameless] });
  return importId;
}

/** An organization, and a person of it who is recorded twice. */
async function addPeople(
  t: Backend,
  as: TestTenant["as"],
  key: string,
  { projectId, leadId }: Pick<TestTenant, "projectId" | "leadId">,
) {
  const noMore = { address: "", notes: "" };
  const organizationId = await as.mutation(api.organizations.create, {
    ...{ ...noMore, name: `Homes of ${key}`, kind: "builder", website: "", phone: "" },
  });
  const person = { ...noMore, email: `customer@${key}.test`, phone: "512 555 0100" };
  const contactId = await as.mutation(api.contacts.create, {
    ...{ ...person, name: `Customer of ${key}`, organizationId },
  });
  const twin = await as.mutation(api.contacts.create, { ...person, name: `Twin of ${key}` });
  // Past the function, which would leave a line in the project's timeline.
  await t.run(async (ctx) => {
    await ctx.db.patch("projects", projectId, { contactId, organizationId });
    await ctx.db.patch("leads", leadId, { contactId, organizationId });
  });
  const seen = {
    keep: (await as.query(api.contacts.get, { contactId })).updatedAt,
    merge: (await as.query(api.contacts.get, { contactId: twin })).updatedAt,
  };
  return { organizationId, contactId, duplicate: { contactId: twin, seen } };
}

function personOf(key: string, role: Role): ClerkUser {
  if (role === ADMINISTRATOR) return { id: `user_${key}_admin`, email: `admin@${key}.test` };
  const name = role.toLowerCase().replace(" ", "-");
  return { id: `user_${key}_${name}`, email: `${name}@${key}.test` };
}

/** Every row of the deployment that belongs to a tenant, as text: to see that nothing changed. */
export async function worldOf(
  t: Backend,
  tenantId: Id<"tenants">,
  tables: readonly string[],
): Promise<string> {
  return await t.run(async (ctx) => {
    const rows: unknown[] = [await ctx.db.get("tenants", tenantId)];
    for (const table of tables) {
      const all = await ctx.db.query(table as "projects").collect();
      rows.push(all.filter((row) => row.tenantId === tenantId));
    }
    return JSON.stringify(rows);
  });
}
