/** Everything that leaves a line in a company's audit trail. */
export const AUDIT_ACTIONS = [
  "company.created",
  "company.updated",
  "company.statusChanged",
  "company.planChanged",
  "company.trialExtended",
  "member.joined",
  "member.rolesChanged",
  "member.deactivated",
  "member.reactivated",
  "invitation.sent",
  "invitation.resent",
  "invitation.revoked",
  "stages.changed",
  "projects.exported",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
