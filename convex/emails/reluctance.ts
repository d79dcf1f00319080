import { isShut } from "../../lib/tenantStatus";
import type { Doc } from "../_generated/dataModel";
import type { EmailKind, EmailMessage } from "../tables/emails";
import type { TenantWriteCtx } from "../tenancy/functions";

/** Mail that a company's people must get whatever happened before: about money, safety and its end. */
const ESSENTIAL: Record<EmailKind, boolean> = {
  welcome: false,
  invitation: false,
  taskAssigned: false,
  surveyAssigned: false,
  mention: false,
  trialEnding: false,
  trialCharging: true,
  leadsUsedUp: false,
  paymentFailed: true,
  planEnded: true,
  securityAlert: true,
  supportRequested: true,
  staffAlert: true,
  closingRequested: true,
  closingReminder: true,
  closingCancelled: true,
  closed: true,
  archiveReady: false,
};

/** Why this mail shall not be sent, in one sentence, or null. */
export async function whyNotSend(
  { db }: Pick<TenantWriteCtx, "db">,
  tenant: Doc<"tenants"> | null,
  { to, message }: Pick<Doc<"emails">, "to" | "message">,
  now: number,
): Promise<string | null> {
  if (tenant === null || tenant.erasingSince !== undefined) {
    return "The company does not exist any more.";
  }
  if (now > usefulUntil(message)) return "It came too late to be of use.";
  if (ESSENTIAL[message.kind]) return null;
  if (isShut(tenant.status)) return `The company is ${tenant.status}.`;
  for (const status of ["complained", "bounced"] as const) {
    const earlier = await db
      .query("emails")
      .withIndex("by_tenant_to_status", (q) => q.eq("to", to).eq("status", status))
      .first();
    if (earlier !== null) return WHY_NOT_AGAIN[status];
  }
  return null;
}

const WHY_NOT_AGAIN = {
  complained: "The recipient called an earlier mail spam.",
  bounced: "An earlier mail to this address bounced.",
};

/** Milliseconds: the moment from which on the mail would only confuse. */
function usefulUntil(message: EmailMessage): number {
  switch (message.kind) {
    case "invitation":
      return message.data.expiresAt;
    case "trialEnding":
    case "trialCharging":
      return message.data.endsAt;
    case "closingRequested":
    case "closingReminder":
      return message.data.closesAt;
    default:
      return Infinity;
  }
}
