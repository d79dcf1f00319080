import type { EmailKind } from "../../tables/emails";
import { archiveReady } from "./archive";
import { paymentFailed, planEnded, trialCharging, trialEnding } from "./billing";
import { closed, closingCancelled, closingReminder, closingRequested } from "./closing";
import { invitation } from "./invitation";
import { leadsUsedUp } from "./leads";
import type { Template } from "./letter";
import { securityAlert } from "./securityAlert";
import { supportRequested } from "./support";
import { staffAlert } from "./staffAlert";
import { welcome } from "./welcome";
import { mention, surveyAssigned, taskAssigned } from "./work";

/** The template of every kind of mail. */
export const TEMPLATES: { [Kind in EmailKind]: Template<Kind> } = {
  welcome,
  invitation,
  taskAssigned,
  surveyAssigned,
  mention,
  trialEnding,
  trialCharging,
  paymentFailed,
  planEnded,
  leadsUsedUp,
  securityAlert,
  supportRequested,
  staffAlert,
  closingRequested,
  closingReminder,
  closingCancelled,
  closed,
  archiveReady,
};
