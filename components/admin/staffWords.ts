import type { StaffAction, StaffLevel } from "@/lib/staff";

/** Levels as staff read them. */
export const STAFF_LEVEL_WORDS: Record<StaffLevel, { name: string; may: string }> = {
  support: { name: "Support", may: "Looks at companies and helps them." },
  operator: { name: "Operator", may: "Also changes companies: plans, limits, life cycle." },
  owner: { name: "Owner", may: "Also manages the staff." },
};

/** What was done, as the middle of a sentence: "Robin Hale … Ana Diaz". */
export const STAFF_ACTION_WORDS: Record<StaffAction, string> = {
  "staff.granted": "gave staff access to",
  "staff.levelChanged": "changed the staff level of",
  "staff.revoked": "ended the staff access of",
  "company.entryRequested": "asked to enter",
  "company.entryGranted": "was told that a stay is agreed to by",
  "company.entryRefused": "was told that a stay is refused by",
  "company.entered": "entered",
  "company.left": "left",
  "company.entryEnded": "is no longer in",
  "company.changed": "changed something in",
  "member.locked": "locked the account of",
  "member.unlocked": "unlocked the account of",
  "webhook.retried": "tried again to take in",
  "email.retried": "sent a failed mail again of",
  "invitation.retried": "tried a failed invitation again of",
  "tenant.suspended": "suspended",
  "tenant.reactivated": "reactivated",
  "tenant.trialExtended": "extended the trial of",
  "tenant.closing": "began to close",
  "tenant.kept": "took back the closing of",
  "tenant.planGiven": "gave a plan to",
  "tenant.planTakenBack": "took back the plan given to",
  "tenant.overrideSet": "set a limit or feature of",
  "tenant.overrideReset": "reset a limit or feature of",
  "tenant.exported": "asked for an archive of",
  "tenant.restored": "restored an archive into",
  "tenants.exported": "exported a list of",
  "security.acknowledged": "acknowledged an alert about",
  "security.policyChanged": "changed the automatic lock for",
  "erasure.requested": "asked for the erasure of",
  "erasure.confirmed": "confirmed the erasure of",
  "erasure.withdrawn": "withdrew the erasure of",
};
