/** Everything that leaves a line in a company's audit trail. */
export const AUDIT_ACTIONS = [
  "company.created",
  "company.updated",
  "company.statusChanged",
  "company.planChanged",
  "company.trialExtended",
  "company.leftWithoutAdministrator",
  "member.joined",
  "member.rolesChanged",
  "member.deactivated",
  "member.reactivated",
  "member.accountDeleted",
  "invitation.sent",
  "invitation.resent",
  "invitation.revoked",
  "invitation.expired",
  "stages.changed",
  "projects.exported",
  "project.movedPastGate",
  "contacts.merged",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
