/** Everything that leaves a line in a company's audit trail. */
export const AUDIT_ACTIONS = [
  "company.created",
  "company.updated",
  "company.statusChanged",
  "company.planChanged",
  "company.trialExtended",
  "company.overrideSet",
  "company.overrideReset",
  "company.leftWithoutAdministrator",
  "company.exported",
  "company.restored",
  "member.joined",
  "member.rolesChanged",
  "member.deactivated",
  "member.reactivated",
  "member.accountDeleted",
  "invitation.sent",
  "invitation.resent",
  "invitation.revoked",
  "invitation.expired",
  "invitation.retried",
  "email.retried",
  "stages.changed",
  "campaign.created",
  "campaign.changed",
  "projects.exported",
  "project.movedPastGate",
  "contacts.merged",
  "document.added",
  "document.deleted",
  "document.restored",
  "document.erased",
  "support.entryRequested",
  "support.entered",
  "support.granted",
  "support.refused",
  "support.ended",
  "support.changed",
  "support.consentChanged",
  "member.locked",
  "member.unlocked",
  "access.refused",
  "audit.exported",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** What a person picks from a trail: actions that belong together. */
export const AUDIT_GROUPS = [
  "company",
  "people",
  "pipeline",
  "documents",
  "contacts",
  "exports",
  "security",
] as const;
export type AuditGroup = (typeof AUDIT_GROUPS)[number];

const GROUP_OF_PREFIX: Record<string, AuditGroup> = {
  company: "company",
  email: "company",
  member: "people",
  invitation: "people",
  stages: "pipeline",
  project: "pipeline",
  campaign: "pipeline",
  contacts: "contacts",
  document: "documents",
  support: "security",
  access: "security",
};

/** The group of an action. */
export function groupOf(action: AuditAction): AuditGroup {
  if (action.endsWith(".exported")) return "exports";
  return GROUP_OF_PREFIX[action.split(".")[0] ?? ""] ?? "company";
}

/** Whose lines are picked, besides a member's id: Sunup's own doing, and its staff's. */
export const SUNUP = "sunup";
export const STAFF = "staff";

/** For so many days a line of a trail is kept. */
export const AUDIT_DAYS = 400;
