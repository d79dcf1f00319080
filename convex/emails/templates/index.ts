import type { EmailKind } from "../../tables/emails";
import { paymentFailed, planEnded, trialCharging, trialEnding } from "./billing";
import { closed, closingCancelled, closingReminder, closingRequested } from "./closing";
import { invitation } from "./invitation";
import type { Template } from "./letter";
import { securityAlert } from "./securityAlert";
import { welcome } from "./welcome";

/** The template of every kind of mail. */
export const TEMPLATES: { [Kind in EmailKind]: Template<Kind> } = {
  welcome,
  invitation,
  trialEnding,
  trialCharging,
  paymentFailed,
  planEnded,
  securityAlert,
  closingRequested,
  closingReminder,
  closingCancelled,
  closed,
};
