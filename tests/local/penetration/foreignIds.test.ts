import { afterAll, beforeAll, expect, test } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import { decodeId, encodeId } from "../../../local/convex/store/ids.ts";
import { withId } from "../../isolation/call.ts";
import { CASES } from "../../isolation/cases.ts";
import { registeredFunctions, type RegisteredFunction } from "../../isolation/functions.ts";
import type { TestTenant } from "../../support/tenant.ts";
import { bearer, callOverHttp, callOverSocket, type Endpoint } from "./requests.ts";
import { type Company, startTarget, type Target } from "./target.ts";

let target: Target;
let attacker: Company;
let victim: Company;
let functions: RegisteredFunction[];
/** The victim's first mail, which no company's function names. */
let victimsMail: string;

beforeAll(async () => {
  target = await startTarget();
  attacker = await target.newCompany("Attacker");
  await target.causeAlert();
  victim = await target.newCompany("Victim");
  victimsMail = target.rows("emails").find(({ tenantId }) => tenantId === victim.tenantId)!._id;
  functions = (await registeredFunctions()).filter(
    ({ visibility, kind, path }) =>
      visibility === "public" && kind !== "httpAction" && !forHolders(path),
  );
});
afterAll(() => target.close());

/**
 * An invitation's id is no row's name here but what its holder shows, from whichever company;
 * tests/domain/team/joining.test.ts says how little it opens.
 */
function forHolders(path: string): boolean {
  return path === "joining:offer" || path === "joining:accept";
}

/** Ids of `company`'s rows, by table. */
function idsOf({
  memberId,
  invitationId,
  projectId,
  stageIds,
  authorityId,
  permitId,
  logoId,
  upload,
  campaignId,
  leadId,
  notificationId,
  taskId,
  noteId,
  viewId,
  contactId,
  organizationId,
  importId,
  documentId,
  surveyId,
  entryId,
  erasureId,
  staffNoteId,
  archiveId,
  tenantId,
}: Company): Record<string, string> {
  return {
    securityAlerts: target.rows("securityAlerts")[0]?._id ?? "",
    members: memberId,
    invitations: invitationId,
    projects: projectId,
    pipelineStages: stageIds[1] ?? "",
    authorities: authorityId,
    permits: permitId,
    files: logoId,
    documents: documentId,
    surveys: surveyId,
    staffEntries: entryId,
    erasures: erasureId,
    staffNotes: staffNoteId,
    archives: archiveId,
    tenants: tenantId,
    fileUploads: upload.uploadId,
    _storage: upload.storageId,
    campaigns: campaignId,
    leads: leadId,
    notifications: notificationId,
    tasks: taskId,
    notes: noteId,
    savedViews: viewId,
    contacts: contactId,
    organizations: organizationId,
    leadImports: importId,
  };
}

/** An id that is right in form and names the same table, and that no row has. */
function unknownLike(id: string): string {
  const { tableNumber, internalId } = decodeId(id);
  return encodeId({ tableNumber, internalId: internalId.map((byte) => byte ^ 0xff) });
}

/** A cursor is sealed anew for every query and its arguments. */
function withoutCursors(answer: object): unknown {
  const text = JSON.stringify(answer).replace(/(continueCursor[\\":]+)[\w-]*/g, "$1");
  return JSON.parse(text) as unknown;
}

function ownArguments(path: string): Record<string, unknown> {
  const { memberId, invitationId, projectId, stageIds, logoId, upload } = attacker;
  const { campaignId, leadId, authorityId, permitId } = attacker;
  const { notificationId, taskId, noteId, viewId } = attacker;
  const { contactId, organizationId, duplicate, importId } = attacker;
  const { documentId, deletedDocumentId, documentUpload } = attacker;
  const { surveyId, entryId, archiveId, tenantId } = attacker;
  const stages = stageIds.map((_id) => ({ _id }));
  const viewerId = memberId;
  const own = {
    admin: { unsafeMetadata: { companyName: "Attacker" } },
    memberId,
    viewerId,
    invitationId,
    projectId,
    stages,
    authorityId,
    permitId,
    logoId,
    upload,
    campaignId,
    leadId,
    notificationId,
    taskId,
    noteId,
    viewId,
    contactId,
    organizationId,
    duplicate,
    importId,
    documentId,
    deletedDocumentId,
    documentUpload,
    surveyId,
    entryId,
    archiveId,
    tenantId,
    fullSurveyId: surveyId,
    photoUpload: documentUpload,
  } as unknown as TestTenant;
  return CASES[path]?.args(own) ?? {};
}

test("over HTTP and the WebSocket, a foreign id is answered like an unknown one, and its row stays as it was", async () => {
  const before = await victim.world();
  let attacks = 0;
  for (const { path, kind, idArguments } of functions) {
    for (const { path: argument, table } of idArguments) {
      const foreign = { ...idsOf(victim), emails: victimsMail }[table];
      expect(foreign, `give idsOf() a row of ${table} for ${path}`).toBeDefined();
      const attack = async (id: string) => {
        const args = withId(ownArguments(path), argument, id);
        const call = { endpoint: kind as Endpoint, path, args };
        const token = await attacker.token();
        return withoutCursors({
          http: await callOverHttp(target.convex.url, call, bearer(token)),
          socket: await callOverSocket(target.convex.url, { path, args, token }),
        });
      };
      const answer = await attack(foreign ?? "");
      expect(answer, `${path} ${argument}`).toEqual(await attack(unknownLike(foreign ?? "")));
      expect(JSON.stringify(answer), path).not.toMatch(/Secret of Victim|Roof of Victim/);
      attacks += 1;
    }
  }
  expect(attacks).toBeGreaterThanOrEqual(8);
  expect(await victim.world()).toBe(before);
});

test("arguments that a function does not declare are refused: a tenant or an author cannot be sent along", async () => {
  const before = await target.state();
  const { tenant } = await (await victim.client()).query(api.members.me, {});
  for (const extra of [
    { tenantId: tenant._id },
    { createdBy: "x" },
    { archived: true },
    { _id: "x" },
  ]) {
    const args = { name: "N", customerName: "C", ...extra };
    const call = { endpoint: "mutation", path: "projects:create", args } as const;
    const { body } = await callOverHttp(target.convex.url, call, bearer(await attacker.token()));
    expect(body).toEqual({ status: "error", errorMessage: "[Request ID] Server Error" });
  }
  expect(await target.state()).toBe(before);
});
