import { ALERT_RULES, type AlertKind, type LockableAlert, type SecurityKind } from "@/lib/security";

/** An alert as staff read it. */
export function alertWords(kind: AlertKind): string {
  return ALERT_RULES[kind].words;
}

/** When a person is locked out by policy, in words that say what is counted. */
export const LOCK_POLICY_WORDS: Record<LockableAlert, { label: string; description: string }> = {
  crossTenantAccess: {
    label: "When somebody reaches for other companies’ data",
    description: `From ${ALERT_RULES.crossTenantAccess.from} attempts within a minute. Nobody does this by accident.`,
  },
  failingFunctions: {
    label: "When many different functions fail for one person",
    description: `From ${ALERT_RULES.failingFunctions.from} different ones within 15 minutes, as when somebody tries every door.`,
  },
  failingCalls: {
    label: "When call after call fails for one person",
    description: `From ${ALERT_RULES.failingCalls.from} within a minute: a program gone wild, which the limits on changes do not slow down.`,
  },
  export: {
    label: "When somebody exports unusually much",
    description: `From ${ALERT_RULES.export.from} exports within an hour. People who leave their company do this, and so do diligent bookkeepers.`,
  },
};

/** What happened, as the middle of a sentence: "Ana Diaz … projects". */
export const EVENT_WORDS: Record<SecurityKind, string> = {
  crossTenantAccess: "reached for another company's",
  permissionDenied: "was not allowed",
  forgedWebhook: "Forged webhook of",
  export: "exported",
  staffEntry: "entered",
};

/** How often, when it was more than once. */
export function times(count: number): string {
  return count === 1 ? "" : `, ${count} times`;
}
