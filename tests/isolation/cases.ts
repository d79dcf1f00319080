import { DAY_MS } from "../../lib/days.ts";
import type { Feature } from "../../lib/plans.ts";
import type { Permission } from "../../lib/roles.ts";
import type { StaffLevel } from "../../lib/staff.ts";
import { LAST_CHECK, type TestTenant } from "../support/tenant.ts";

/**
 * One entry for every public function: who may call it, and arguments with which the
 * tenant's own administrator succeeds. The attacks are generated from it.
 */
export type Case = {
  /**
   * A permission, `member` for every active member, `signedIn` for anyone with a token,
   * `guest` for anyone who holds what the arguments name, `staff:…` for Sunup's staff of
   * that level.
   */
  gate: Permission | "member" | "signedIn" | "guest" | `staff:${StaffLevel}`;
  /** For rows that are somebody's own, here the administrator's: what a colleague needs besides. */
  others?: Permission | "nobody";
  /** What the company's plan must include besides. */
  feature?: Feature;
  args: (own: TestTenant) => Record<string, unknown>;
  /** True when what the arguments name is the administrator's own, so that no colleague finds it. */
  personal?: true;
};

/** The gates that open a tenant's function to its members. */
export function isMembersGate(gate: Case["gate"]): gate is Permission | "member" {
  return gate !== "signedIn" && gate !== "guest" && !gate.startsWith("staff:");
}

/** The level of Sunup's staff that a gate asks for, or null for every other gate. */
export function staffLevelOf(gate: Case["gate"]): StaffLevel | null {
  return gate.startsWith("staff:") ? (gate.slice("staff:".length) as StaffLevel) : null;
}

const page = { paginationOpts: { numItems: 10, cursor: null } };
const newImport = {
  ...{ fileName: "leads.csv", fingerprint: "cd".repeat(32), rows: 2 },
  ...{ mapping: ["name", null], duplicates: "skip" },
};
const named = { name: "Ana", phone: "", address: "", notes: "" };

/** What every step of staff's with a company says. */
const step = ({ tenantId }: TestTenant) => ({ tenantId, revision: 0, reason: "They asked for it" });
const companyOf = ({ admin }: TestTenant) => String(admin.unsafeMetadata?.companyName);

const survey = { gate: "projects.write", feature: "siteSurvey" } as const;

export const CASES: Record<string, Case> = {
  "activity:ofProject": {
    gate: "projects.read",
    args: ({ projectId }) => ({ ...page, projectId }),
  },
  "activity:recent": { gate: "projects.read", args: () => page },
  "campaigns:archive": {
    gate: "campaigns.manage",
    args: ({ campaignId }) => ({ campaignId }),
  },
  "campaigns:closeForm": {
    gate: "campaigns.manage",
    args: ({ campaignId }) => ({ campaignId }),
  },
  "campaigns:create": { gate: "campaigns.manage", args: () => ({ name: "Home show" }) },
  "archives:recent": { gate: "archive.export", args: () => ({}) },
  "archives:remove": { gate: "archive.export", args: ({ archiveId }) => ({ archiveId }) },
  "archives:start": { gate: "archive.export", args: () => ({}) },
  "auditTrail:list": {
    gate: "audit.read",
    args: () => ({ ...page, group: null, person: null, since: null, until: null }),
  },
  "auditTrail:recordDownload": { gate: "audit.read", args: () => ({ count: 1 }) },
  "authorities:add": {
    gate: "projects.write",
    args: () => ({ kind: "utility", name: "Any Power", state: "ID", portalUrl: "power.example" }),
  },
  "authorities:get": { gate: "projects.read", args: ({ authorityId }) => ({ authorityId }) },
  "authorities:list": { gate: "projects.read", args: () => ({ ...page, archived: false }) },
  "authorities:search": { gate: "projects.read", args: () => ({ text: "city", kind: "ahj" }) },
  "authorities:setArchived": {
    gate: "projects.write",
    args: ({ authorityId }) => ({ authorityId, archived: true }),
  },
  "authorities:update": {
    gate: "projects.write",
    args: ({ authorityId }) => ({ authorityId, revision: 0, name: "Renamed City" }),
  },
  "billing:account": { gate: "billing.manage", args: () => ({}) },
  "billing:ask": { gate: "billing.manage", args: () => ({ kind: "checkout" }) },
  "billing:myRequest": { gate: "billing.manage", args: () => ({}) },
  "billing:refresh": { gate: "billing.manage", args: () => ({}) },
  "billing:usage": { gate: "billing.manage", args: () => ({}) },
  "campaigns:list": { gate: "leads.read", args: () => ({}) },
  "campaigns:openForm": {
    gate: "campaigns.manage",
    args: ({ campaignId }) => ({ campaignId }),
  },
  "campaigns:rename": {
    gate: "campaigns.manage",
    args: ({ campaignId }) => ({ campaignId, name: "Home show" }),
  },
  "campaigns:restore": {
    gate: "campaigns.manage",
    args: ({ campaignId }) => ({ campaignId }),
  },
  "campaigns:rotateFormToken": {
    gate: "campaigns.manage",
    args: ({ campaignId }) => ({ campaignId }),
  },
  "campaigns:setAssignment": {
    gate: "campaigns.manage",
    args: ({ campaignId, memberId }) => ({
      campaignId,
      assignment: "roundRobin",
      memberIds: [memberId],
    }),
  },
  "campaigns:settings": { gate: "campaigns.manage", args: () => ({}) },
  "company:profile": { gate: "settings.manage", args: () => ({}) },
  "company:removeLogo": { gate: "settings.manage", args: ({ logoId }) => ({ fileId: logoId }) },
  "company:saveProfile": {
    gate: "settings.manage",
    args: () => ({
      revision: 0,
      name: "Renamed Solar",
      address: "1 Main Street",
      phone: "555-0100",
      website: "renamed.example",
      licences: [{ state: "CA", number: "123456" }],
      timeZone: "America/Denver",
    }),
  },
  "company:setLogo": {
    gate: "settings.manage",
    args: ({ upload, logoId }) => ({ ...upload, replaces: logoId }),
  },
  "company:startLogoUpload": {
    gate: "settings.manage",
    args: () => ({
      file: { name: "l.png", size: 8, contentType: "image/png", sha256: "ab".repeat(32) },
    }),
  },
  "contactLinks:linkProject": {
    gate: "projects.write",
    args: ({ projectId, contactId }) => ({ projectId, contactId }),
  },
  "contactLinks:leadsOfContact": {
    gate: "contacts.read",
    args: ({ contactId }) => ({ ...page, contactId }),
  },
  "contactLinks:leadsOfOrganization": {
    gate: "contacts.read",
    args: ({ organizationId }) => ({ ...page, organizationId }),
  },
  "contactLinks:people": {
    gate: "contacts.read",
    args: ({ organizationId }) => ({ ...page, organizationId }),
  },
  "contactLinks:projectsOfContact": {
    gate: "contacts.read",
    args: ({ contactId }) => ({ ...page, contactId }),
  },
  "contactLinks:projectsOfOrganization": {
    gate: "contacts.read",
    args: ({ organizationId }) => ({ ...page, organizationId }),
  },
  "contacts:archive": { gate: "contacts.write", args: ({ contactId }) => ({ contactId }) },
  "contacts:create": {
    gate: "contacts.write",
    args: ({ organizationId }) => ({ ...named, email: "ana@x.test", organizationId }),
  },
  "contacts:duplicates": { gate: "contacts.read", args: () => page },
  "contacts:get": { gate: "contacts.read", args: ({ contactId }) => ({ contactId }) },
  "contacts:list": { gate: "contacts.read", args: () => page },
  "contacts:merge": {
    gate: "contacts.write",
    args: ({ contactId, duplicate }) => ({
      keepId: contactId,
      mergeId: duplicate.contactId,
      take: ["name"],
      seen: duplicate.seen,
    }),
  },
  "contacts:restore": { gate: "contacts.write", args: ({ contactId }) => ({ contactId }) },
  "contacts:search": { gate: "contacts.read", args: () => ({ text: "customer" }) },
  "contacts:similar": {
    gate: "contacts.read",
    args: ({ contactId }) => ({ email: "someone@x.test", phone: "", except: contactId }),
  },
  "contacts:update": {
    gate: "contacts.write",
    args: ({ contactId, organizationId }) => ({ contactId, name: "Renamed", organizationId }),
  },
  "documents:add": {
    gate: "projects.write",
    args: ({ documentUpload, projectId }) => ({ ...documentUpload, projectId, kind: "planSet" }),
    personal: true,
  },
  "documents:checklist": { gate: "projects.read", args: ({ projectId }) => ({ projectId }) },
  "documents:erase": {
    gate: "settings.manage",
    args: ({ deletedDocumentId }) => ({ documentId: deletedDocumentId }),
  },
  "documents:list": {
    gate: "projects.read",
    args: ({ projectId }) => ({ ...page, projectId, kind: "permit" }),
  },
  "documents:recentlyDeleted": { gate: "projects.write", args: () => page },
  "documents:remove": { gate: "projects.write", args: ({ documentId }) => ({ documentId }) },
  "documents:restore": {
    gate: "projects.write",
    args: ({ deletedDocumentId }) => ({ documentId: deletedDocumentId }),
  },
  "documents:startUpload": {
    gate: "projects.write",
    args: ({ projectId }) => ({
      projectId,
      file: { name: "p.pdf", size: 8, contentType: "application/pdf", sha256: "ab".repeat(32) },
    }),
  },
  "documents:update": {
    gate: "projects.write",
    args: ({ documentId }) => ({ documentId, name: "Renamed.pdf", kind: "contract" }),
  },
  "invitations:invite": {
    gate: "team.manage",
    args: () => ({ emails: ["new@x.test"], roles: ["Sales"], primaryRole: "Sales" }),
  },
  "invitations:list": { gate: "team.manage", args: () => ({}) },
  "invitations:resend": { gate: "team.manage", args: ({ invitationId }) => ({ invitationId }) },
  "invitations:revoke": { gate: "team.manage", args: ({ invitationId }) => ({ invitationId }) },
  "joining:accept": { gate: "signedIn", args: ({ invitationId }) => ({ invitationId }) },
  "joining:offer": { gate: "guest", args: ({ invitationId }) => ({ invitationId }) },
  "leadForms:show": { gate: "guest", args: ({ formToken }) => ({ token: formToken }) },
  "leads:allowance": { gate: "leads.read", args: () => ({}) },
  "leadImports:addRows": {
    gate: "leads.write",
    args: ({ importId }) => ({ importId, from: 1, rows: [{ ...named, email: "ana@x.test" }] }),
  },
  "leadImports:cancel": { gate: "leads.write", args: ({ importId }) => ({ importId }) },
  "leadImports:get": { gate: "leads.write", args: ({ importId }) => ({ importId }) },
  "leadImports:problems": {
    gate: "leads.write",
    args: ({ importId }) => ({ ...page, importId }),
  },
  "leadImports:recent": { gate: "leads.write", args: () => ({}) },
  "leadImports:start": {
    gate: "leads.write",
    args: ({ campaignId }) => ({ ...newImport, campaignId }),
  },
  "leads:assign": {
    gate: "leads.write",
    args: ({ leadId, memberId }) => ({ leadId, assigneeId: memberId }),
  },
  "leads:convert": {
    gate: "leads.write",
    args: ({ leadId, stages }) => ({ leadId, projectName: "Roof", stageId: stages[1]?._id }),
  },
  "leads:create": {
    gate: "leads.write",
    args: ({ campaignId, memberId }) => ({ name: "Lou", campaignId, assigneeId: memberId }),
  },
  "leads:duplicates": {
    gate: "leads.write",
    args: () => ({ email: "lead@south.test", phone: "+1 555 010 0142" }),
  },
  "leads:get": { gate: "leads.read", args: ({ leadId }) => ({ leadId }) },
  "leads:list": {
    gate: "leads.read",
    args: ({ campaignId, memberId }) => ({ ...page, campaignId, assigneeId: memberId }),
  },
  "leads:lose": {
    gate: "leads.write",
    args: ({ leadId }) => ({ leadId, reason: "price", note: "Wants to wait" }),
  },
  "leads:move": { gate: "leads.write", args: ({ leadId }) => ({ leadId, status: "contacted" }) },
  "leads:timeline": { gate: "leads.read", args: ({ leadId }) => ({ ...page, leadId }) },
  "leads:update": {
    gate: "leads.write",
    args: ({ leadId, campaignId }) => ({ leadId, campaignId, name: "Renamed", notes: null }),
  },
  "leads:workers": { gate: "leads.read", args: () => ({}) },
  "members:changeRoles": {
    gate: "team.manage",
    args: ({ viewerId }) => ({
      memberId: viewerId,
      roles: ["Sales", "Viewer"],
      primaryRole: "Sales",
      seen: ["Viewer"],
    }),
  },
  "members:deactivate": { gate: "team.manage", args: ({ viewerId }) => ({ memberId: viewerId }) },
  "members:list": { gate: "team.read", args: () => page },
  "members:names": { gate: "team.read", args: () => ({}) },
  "members:me": { gate: "member", args: () => ({}) },
  "notes:add": {
    gate: "notes.write",
    args: ({ projectId, memberId }) => ({ projectId, parts: [{ memberId }] }),
  },
  "notes:edit": {
    gate: "notes.write",
    others: "nobody",
    args: ({ noteId, memberId }) => ({ noteId, parts: [{ memberId }] }),
  },
  "notes:list": { gate: "projects.read", args: ({ projectId }) => ({ ...page, projectId }) },
  "notes:remove": {
    gate: "notes.write",
    others: "settings.manage",
    args: ({ noteId }) => ({ noteId }),
  },
  "notifications:list": { gate: "member", args: () => page },
  "notifications:markAllRead": { gate: "member", args: () => ({}) },
  "notifications:markRead": {
    gate: "member",
    args: ({ notificationId }) => ({ notificationId }),
  },
  "notifications:unread": { gate: "member", args: () => ({}) },
  "notifications:mine": { gate: "member", args: () => ({}) },
  "notifications:setEmail": { gate: "member", args: () => ({ choice: "mention", on: false }) },
  "members:reactivate": { gate: "team.manage", args: ({ viewerId }) => ({ memberId: viewerId }) },
  "members:search": { gate: "team.read", args: () => ({ text: "a" }) },
  "members:seats": { gate: "team.manage", args: () => ({}) },
  "organizations:archive": {
    gate: "contacts.write",
    args: ({ organizationId }) => ({ organizationId }),
  },
  "organizations:create": {
    gate: "contacts.write",
    args: () => ({ ...named, kind: "builder", website: "" }),
  },
  "organizations:get": {
    gate: "contacts.read",
    args: ({ organizationId }) => ({ organizationId }),
  },
  "organizations:list": { gate: "contacts.read", args: () => page },
  "organizations:names": {
    gate: "contacts.read",
    args: ({ organizationId }) => ({ organizationIds: [organizationId] }),
  },
  "organizations:search": { gate: "contacts.read", args: () => ({ text: "homes" }) },
  "organizations:restore": {
    gate: "contacts.write",
    args: ({ organizationId }) => ({ organizationId }),
  },
  "organizations:update": {
    gate: "contacts.write",
    args: ({ organizationId }) => ({ organizationId, name: "Renamed" }),
  },
  "onboarding:ensureTenant": {
    gate: "signedIn",
    args: () => ({ companyName: "Any Solar", plan: "starter" }),
  },
  "onboarding:status": { gate: "signedIn", args: () => ({}) },
  "placements:mine": { gate: "signedIn", args: () => ({}) },
  "permits:add": {
    gate: "projects.write",
    args: ({ projectId, authorityId }) => ({
      ...{ projectId, kind: "permit", title: "Electrical", authorityId },
    }),
  },
  "permits:change": {
    gate: "projects.write",
    args: ({ permitId, authorityId }) => ({
      ...{ permitId, revision: 1, title: "Roof permit", authorityId, feeCents: 12_500 },
    }),
  },
  "permits:ofProject": { gate: "projects.read", args: ({ projectId }) => ({ projectId }) },
  "permits:record": {
    gate: "projects.write",
    args: ({ permitId }) => ({
      ...{ permitId, revision: 1, step: { kind: "approved", on: "2026-01-20" } },
    }),
  },
  "permits:remove": {
    gate: "projects.write",
    args: ({ permitId }) => ({ permitId, revision: 1 }),
  },
  "permits:undo": {
    gate: "projects.write",
    args: ({ permitId }) => ({ permitId, revision: 1 }),
  },
  "permits:waiting": {
    gate: "projects.read",
    args: ({ authorityId }) => ({ ...page, on: "authority", authorityId }),
  },
  "pipelineStages:add": {
    gate: "settings.manage",
    args: () => ({ name: "Roof check", category: "design", targetDays: 5, gate: [] }),
  },
  "pipelineStages:contents": {
    gate: "settings.manage",
    args: ({ stages }) => ({ stageId: stages[0]?._id }),
  },
  "pipelineStages:editable": { gate: "settings.manage", args: () => ({}) },
  "pipelineStages:list": { gate: "projects.read", args: () => ({}) },
  "pipelineStages:totals": { gate: "projects.read", args: () => ({}) },
  "pipelineStages:move": {
    gate: "settings.manage",
    args: ({ stages }) => ({ stageId: stages[1]?._id, from: 0, to: 1 }),
  },
  "pipelineStages:remove": {
    gate: "settings.manage",
    args: ({ stages }) => ({ stageId: stages[1]?._id, revision: 0, moveTo: stages[2]?._id }),
  },
  "pipelineStages:update": {
    gate: "settings.manage",
    args: ({ stages }) => ({
      stageId: stages[0]?._id,
      revision: 0,
      name: "Signed",
      category: "sale",
      targetDays: 9,
      gate: [{ kind: "permitApproved" }],
    }),
  },
  "presence:beat": { gate: "member", args: () => ({}) },
  "presence:lastSeen": {
    gate: "team.read",
    args: ({ memberId }) => ({ memberIds: [memberId] }),
  },
  "projects:archive": {
    gate: "projects.write",
    args: ({ projectId }) => ({ projectId }),
  },
  "projects:assign": {
    gate: "projects.write",
    args: ({ projectId, memberId }) => ({ projectId, ownerId: memberId, crewIds: [memberId] }),
  },
  "projects:create": {
    gate: "projects.write",
    args: ({ stages }) => ({ name: "New", customerName: "Someone", stageId: stages[1]?._id }),
  },
  "projects:gate": { gate: "projects.read", args: ({ projectId }) => ({ projectId }) },
  "projects:get": { gate: "projects.read", args: ({ projectId }) => ({ projectId }) },
  "projects:list": {
    gate: "projects.read",
    args: ({ stages, memberId }) => ({ ...page, stageId: stages[0]?._id, ownerId: memberId }),
  },
  "projects:moveToStage": {
    gate: "projects.write",
    args: ({ projectId, stages }) => ({ projectId, stageId: stages[2]?._id }),
  },
  "projects:movePastGate": {
    gate: "projects.overrideGates",
    args: ({ projectId, stages }) => ({ projectId, stageId: stages[5]?._id, reason: "Agreed" }),
  },
  "projects:overdue": { gate: "projects.read", args: () => ({ before: 4e12 }) },
  "projects:recordExport": { gate: "projects.read", args: () => ({ count: 3 }) },
  "projects:restore": {
    gate: "projects.write",
    args: ({ projectId }) => ({ projectId }),
  },
  "projects:setAuthorities": {
    gate: "projects.write",
    args: ({ projectId, authorityId }) => ({ projectId, ahjId: authorityId, utilityId: null }),
  },
  "projects:setChecked": {
    gate: "projects.write",
    args: ({ projectId, stages }) => ({
      ...{ projectId, stageId: stages.at(-1)?._id, item: LAST_CHECK.item, checked: true },
    }),
  },
  "projects:update": {
    gate: "projects.write",
    args: ({ projectId }) => ({ projectId, name: "Renamed", notes: null }),
  },
  "search:find": { gate: "member", args: () => ({ words: "roof customer south" }) },
  "tasks:add": {
    gate: "projects.write",
    args: ({ projectId, memberId }) => ({
      ...{ projectId, title: "Order modules", dueDay: "2026-12-01" },
      assigneeId: memberId,
    }),
  },
  "tasks:list": { gate: "projects.read", args: () => ({ ...page, whose: "mine", state: "open" }) },
  "tasks:ofProject": {
    gate: "projects.read",
    args: ({ projectId }) => ({ ...page, projectId, state: "open" }),
  },
  "savedViews:list": { gate: "projects.read", args: () => ({}) },
  "savedViews:remove": {
    gate: "projects.read",
    others: "settings.manage",
    args: ({ viewId }) => ({ viewId }),
  },
  "savedViews:rename": {
    gate: "projects.read",
    others: "settings.manage",
    args: ({ viewId }) => ({ viewId, name: "Renamed view" }),
  },
  "savedViews:save": {
    gate: "projects.read",
    args: ({ stages, memberId }) => ({
      ...{ name: "Waiting", shared: true },
      filter: { view: "table", stage: stages[1]?._id, owner: memberId, q: "roof" },
    }),
  },
  "savedViews:share": {
    gate: "projects.read",
    others: "settings.manage",
    args: ({ viewId }) => ({ viewId, shared: false }),
  },
  "tasks:remove": { gate: "projects.write", args: ({ taskId }) => ({ taskId }) },
  "tasks:restore": { gate: "projects.write", args: ({ taskId }) => ({ taskId }) },
  "tasks:setDone": {
    gate: "projects.read",
    others: "projects.write",
    args: ({ taskId }) => ({ taskId, done: true }),
  },
  "tasks:update": {
    gate: "projects.write",
    args: ({ taskId, memberId }) => ({ taskId, title: "Renamed", assigneeId: memberId }),
  },
  "mailLog:recent": { gate: "audit.read", args: () => page },
  "supportAccess:consent": { gate: "settings.manage", args: () => ({}) },
  "supportAccess:current": { gate: "settings.manage", args: () => ({}) },
  "supportAccess:endNow": { gate: "settings.manage", args: ({ entryId }) => ({ entryId }) },
  "supportAccess:grant": { gate: "settings.manage", args: ({ entryId }) => ({ entryId }) },
  "supportAccess:list": { gate: "settings.manage", args: () => page },
  "supportAccess:refuse": { gate: "settings.manage", args: ({ entryId }) => ({ entryId }) },
  "supportAccess:setConsent": { gate: "settings.manage", args: () => ({ required: true }) },
  "staff/archives:start": {
    gate: "staff:operator",
    args: ({ tenantId }) => ({ tenantId, reason: "They asked on the phone." }),
  },
  "staff/entries:enter": {
    gate: "staff:support",
    args: ({ tenantId }) => ({ tenantId, access: "read", reason: "Asked us to look" }),
  },
  "staff/entries:leave": { gate: "staff:support", args: () => ({}) },
  "staff/entries:mine": { gate: "staff:support", args: () => ({}) },
  "staff/locks:lockMember": {
    gate: "staff:operator",
    args: ({ tenantId, viewerId: memberId }) => ({ tenantId, memberId, reason: "Attacks others" }),
  },
  "staff/locks:unlockMember": {
    gate: "staff:operator",
    args: ({ tenantId, viewerId: memberId }) => ({ tenantId, memberId, reason: "A mistake" }),
  },
  "staff/lockPolicies:list": { gate: "staff:support", args: () => ({}) },
  "staff/lockPolicies:set": {
    gate: "staff:owner",
    args: () => ({ kind: "crossTenantAccess", locks: true }),
  },
  "staff/erasures:confirm": {
    gate: "staff:operator",
    args: ({ erasureId }) => ({ erasureId }),
  },
  "staff/erasures:get": { gate: "staff:support", args: ({ erasureId }) => ({ erasureId }) },
  "staff/erasures:list": { gate: "staff:support", args: () => page },
  "staff/erasures:ofTenant": {
    gate: "staff:support",
    args: ({ tenantId }) => ({ tenantId }),
  },
  "staff/erasures:request": {
    gate: "staff:operator",
    args: (own) => ({
      ...{ tenantId: own.tenantId, companyName: companyOf(own), reason: "They asked for it" },
    }),
  },
  "staff/erasures:withdraw": {
    gate: "staff:operator",
    args: ({ erasureId }) => ({ erasureId }),
  },
  "staff/failures:emails": { gate: "staff:support", args: () => page },
  "staff/failures:invitations": { gate: "staff:support", args: () => page },
  "staff/failures:retryEmails": { gate: "staff:operator", args: () => ({ ids: [] }) },
  "staff/failures:retryInvitations": {
    gate: "staff:operator",
    args: ({ invitationId }) => ({ ids: [invitationId] }),
  },
  "staff/failures:retryWebhooks": { gate: "staff:operator", args: () => ({ ids: [] }) },
  "staff/failures:webhooks": { gate: "staff:support", args: () => page },
  "staff/costs:companies": { gate: "staff:support", args: () => ({ ...page, month: "2026-11" }) },
  "staff/costs:platform": { gate: "staff:support", args: () => ({ month: "2026-11" }) },
  "staff/deployments:ofTenant": { gate: "staff:support", args: ({ tenantId }) => ({ tenantId }) },
  "staff/performance:functions": {
    gate: "staff:support",
    args: () => ({ ...page, day: 0, sort: "calls" }),
  },
  "staff/performance:heardAt": { gate: "staff:support", args: () => ({}) },
  "staff/performance:history": { gate: "staff:support", args: () => ({ path: "projects:list" }) },
  "staff/performance:offenders": { gate: "staff:support", args: () => ({ day: 0 }) },
  "staff/notes:add": {
    gate: "staff:support",
    args: ({ tenantId }) => ({ tenantId, text: "Called them" }),
  },
  "staff/notes:list": { gate: "staff:support", args: ({ tenantId }) => ({ ...page, tenantId }) },
  "staff/people:add": {
    gate: "staff:owner",
    args: () => ({ email: "new@sunup.test", level: "support" }),
  },
  "staff/people:dismiss": { gate: "staff:owner", args: () => ({ email: "new@sunup.test" }) },
  "staff/people:list": { gate: "staff:owner", args: () => ({}) },
  "staff/people:remove": {
    gate: "staff:owner",
    args: () => ({ person: "user_nobody" }),
  },
  "staff/people:setLevel": {
    gate: "staff:owner",
    args: () => ({ person: "user_staff_owner", level: "owner", seen: "owner" }),
  },
  "staff/tenants:exact": { gate: "staff:support", args: ({ tenantId }) => ({ words: tenantId }) },
  "staff/tenants:get": { gate: "staff:support", args: ({ tenantId }) => ({ tenantId }) },
  "staff/tenants:list": { gate: "staff:support", args: () => page },
  "staff/tenants:recordExport": { gate: "staff:support", args: () => ({ count: 2 }) },
  "staff/tenants:recount": { gate: "staff:support", args: ({ tenantId }) => ({ tenantId }) },
  "staff/tenants:webhooks": { gate: "staff:support", args: ({ tenantId }) => ({ tenantId }) },
  "staff/tenantSteps:close": {
    gate: "staff:operator",
    args: (own) => ({ ...step(own), companyName: companyOf(own) }),
  },
  "staff/tenantSteps:extendTrial": {
    gate: "staff:operator",
    args: (own) => ({ ...step(own), trialEndsAt: Date.now() + 20 * DAY_MS }),
  },
  "staff/tenantSteps:givePlan": {
    gate: "staff:operator",
    args: (own) => ({ ...step(own), plan: "enterprise" }),
  },
  "staff/tenantSteps:keep": { gate: "staff:operator", args: step },
  "staff/tenantSteps:reactivate": { gate: "staff:operator", args: step },
  "staff/tenantSteps:resetOverride": {
    gate: "staff:operator",
    args: (own) => ({ ...step(own), target: { limit: "users" } }),
  },
  "staff/tenantSteps:setOverride": {
    gate: "staff:operator",
    args: (own) => ({ ...step(own), override: { limit: "users", value: 20 } }),
  },
  "staff/tenantSteps:suspend": { gate: "staff:operator", args: step },
  "staff/tenantSteps:takePlanBack": { gate: "staff:operator", args: step },
  "staff/trail:ofTenant": {
    gate: "staff:support",
    args: ({ tenantId }) => ({ ...page, tenantId }),
  },
  "staff/security:acknowledge": {
    gate: "staff:operator",
    args: ({ alertId }) => ({ alertId, note: "A test of ours." }),
  },
  "staff/security:alerts": { gate: "staff:support", args: () => ({ ...page, status: "open" }) },
  "staff/security:events": { gate: "staff:support", args: () => ({ ...page, about: null }) },
  "staff/security:pipeline": { gate: "staff:support", args: () => ({}) },
  "staff/overview:costliest": { gate: "staff:support", args: () => ({ month: "2026-11" }) },
  "staff/overview:totals": { gate: "staff:support", args: () => ({ today: "2026-11-23" }) },
  "staff/overview:trialsEnding": { gate: "staff:support", args: () => ({ ...page, from: 0 }) },
  "staff/trail:recent": { gate: "staff:support", args: () => page },
  "staff:me": { gate: "staff:support", args: () => ({}) },
  "surveys:addPhoto": {
    ...survey,
    args: ({ photoUpload, surveyId }) => ({ ...photoUpload, surveyId, slot: "roof", key: "a" }),
    personal: true,
  },
  "surveys:between": {
    ...survey,
    gate: "projects.read",
    args: ({ memberId }) => ({ from: 0, before: 4e12, assigneeId: memberId }),
  },
  "surveys:cancel": { ...survey, args: ({ surveyId }) => ({ surveyId }) },
  "surveys:complete": { ...survey, args: ({ fullSurveyId }) => ({ surveyId: fullSurveyId }) },
  "surveys:get": {
    ...survey,
    gate: "projects.read",
    args: ({ surveyId }) => ({ surveyId }),
  },
  "surveys:ofProject": {
    ...survey,
    gate: "projects.read",
    args: ({ projectId }) => ({ projectId }),
  },
  "surveys:replan": {
    ...survey,
    args: ({ surveyId, memberId }) => ({
      ...{ surveyId, startsAt: Date.now() + 60_000, assigneeId: memberId, note: "Dog" },
    }),
  },
  "surveys:saveAnswers": {
    ...survey,
    args: ({ surveyId }) => ({ surveyId, answers: { roofType: "tile", roofPitch: null } }),
  },
  "surveys:schedule": {
    ...survey,
    args: ({ projectId, memberId }) => ({
      ...{ projectId, startsAt: Date.now(), assigneeId: memberId, note: "" },
    }),
  },
  "surveys:startPhoto": {
    ...survey,
    args: ({ surveyId }) => ({
      surveyId,
      file: { name: "p.png", size: 8, contentType: "image/png", sha256: "ab".repeat(32) },
    }),
  },
  "tenantLifecycle:notice": { gate: "signedIn", args: () => ({}) },
  "tenantLifecycle:requestClosing": {
    gate: "settings.manage",
    args: ({ admin }) => ({ companyName: admin.unsafeMetadata?.companyName, reason: "Retiring" }),
  },
  "tenantLifecycle:withdrawClosing": { gate: "settings.manage", args: () => ({}) },
};
