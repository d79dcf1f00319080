/** What Sunup's own people may do, least first: each level may do what those before it may. */
export const STAFF_LEVELS = ["support", "operator", "owner"] as const;

/** `support` reads, `operator` also changes, `owner` also manages the staff. */
export type StaffLevel = (typeof STAFF_LEVELS)[number];

/** True when somebody of this level may do what needs the other. */
export function staffMay(level: StaffLevel, needed: StaffLevel): boolean {
  return STAFF_LEVELS.indexOf(level) >= STAFF_LEVELS.indexOf(needed);
}

/** Everything that leaves a line in the platform's own trail. */
export const STAFF_ACTIONS = [
  "staff.granted",
  "staff.levelChanged",
  "staff.revoked",
  "company.entryRequested",
  "company.entryGranted",
  "company.entryRefused",
  "company.entered",
  "company.left",
  "company.entryEnded",
  "company.changed",
  "member.locked",
  "member.unlocked",
  "webhook.retried",
  "email.retried",
  "invitation.retried",
  "tenant.suspended",
  "tenant.reactivated",
  "tenant.trialExtended",
  "tenant.closing",
  "tenant.kept",
  "tenant.planGiven",
  "tenant.planTakenBack",
  "tenant.overrideSet",
  "tenant.overrideReset",
  "tenant.exported",
  "tenant.restored",
  "tenants.exported",
  "security.acknowledged",
  "security.policyChanged",
  "erasure.requested",
  "erasure.confirmed",
  "erasure.withdrawn",
] as const;
export type StaffAction = (typeof STAFF_ACTIONS)[number];

/** So many things that failed are tried again with one click at most. */
export const RETRIES_AT_ONCE = 50;
