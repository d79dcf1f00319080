import { ALERT_RULES, type AlertKind, type SecurityKind } from "@/lib/security";

/** An alert as staff read it. */
export function alertWords(kind: AlertKind): string {
  return ALERT_RULES[kind].words;
}

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
