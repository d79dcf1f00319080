/** What stands in the platform's security log. */
export const SECURITY_KINDS = [
  "crossTenantAccess",
  "permissionDenied",
  "forgedWebhook",
  "export",
  "staffEntry",
] as const;
export type SecurityKind = (typeof SECURITY_KINDS)[number];

/** What staff are alerted about. */
export const ALERT_KINDS = [
  "crossTenantAccess",
  "failingFunctions",
  "failingCalls",
  "forgedWebhook",
  "export",
  "staffEntry",
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

const MINUTE = 60_000;

/**
 * From how many events of one person, or one source, within so many milliseconds on staff are
 * alerted. Of failing functions it is how many different ones: the most that an honest client was
 * ever seen to have in 15 minutes is 18. Failing calls are counted by the minute of the clock.
 */
export const ALERT_RULES: Record<AlertKind, { from: number; withinMs: number; words: string }> = {
  crossTenantAccess: { from: 5, withinMs: MINUTE, words: "Reached for other companies' data" },
  failingFunctions: { from: 26, withinMs: 15 * MINUTE, words: "Many different functions failed" },
  failingCalls: { from: 120, withinMs: MINUTE, words: "Call after call failed" },
  forgedWebhook: { from: 10, withinMs: 5 * MINUTE, words: "Forged webhooks" },
  export: { from: 10, withinMs: 60 * MINUTE, words: "Unusually many exports" },
  staffEntry: { from: 1, withinMs: MINUTE, words: "Staff entered a company" },
};

/** Alerts in which one person can be locked out, by hand or by policy. */
export const LOCKABLE_ALERTS = [
  "crossTenantAccess",
  "failingFunctions",
  "failingCalls",
  "export",
] as const;
export type LockableAlert = (typeof LOCKABLE_ALERTS)[number];

/** True for an alert about a person who can be locked out. */
export function isLockable(kind: AlertKind): kind is LockableAlert {
  return (LOCKABLE_ALERTS as readonly AlertKind[]).includes(kind);
}

/** Longest texts from outside that are kept, in characters. */
export const MAX_AGENT_LENGTH = 200;
