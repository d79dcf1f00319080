import type { Id } from "../../convex/_generated/dataModel.js";
import type { EmailKind, EmailMessage } from "../../convex/tables/emails.ts";

const DAY = Date.UTC(2026, 11, 1, 14, 5);
const companyName = "Bright Ridge Solar";

/** One message of every kind, with the data of an ordinary day. */
export const EMAIL_SAMPLES: { [Kind in EmailKind]: Extract<EmailMessage, { kind: Kind }> } = {
  welcome: { kind: "welcome", data: { name: "Ada Lopez", companyName } },
  invitation: {
    kind: "invitation",
    data: {
      companyName,
      inviterName: "Ada Lopez",
      roles: ["Sales", "Project Manager"],
      acceptUrl:
        "https://app.sunup.test/signup?__clerk_ticket=eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJpbnYifQ",
      expiresAt: DAY,
    },
  },
  taskAssigned: {
    kind: "taskAssigned",
    data: {
      companyName,
      personName: "Ada Lopez",
      projectName: "Miller residence",
      taskTitle: "Order the modules",
      dueDay: "2026-12-01",
      projectId: "k57abc" as Id<"projects">,
    },
  },
  surveyAssigned: {
    kind: "surveyAssigned",
    data: {
      companyName,
      personName: "Ada Lopez",
      projectName: "Miller residence",
      when: "Dec 1, 2026, 9:00 AM",
      surveyId: "k58abc" as Id<"surveys">,
    },
  },
  mention: {
    kind: "mention",
    data: {
      companyName,
      personName: "Ada Lopez",
      projectName: "Miller residence",
      excerpt: "@Ben Ortiz, the roof has two layers of shingles. Can you look at it before Friday?",
      projectId: "k57abc" as Id<"projects">,
    },
  },
  trialEnding: { kind: "trialEnding", data: { companyName, planName: "Pro", endsAt: DAY } },
  paymentFailed: {
    kind: "paymentFailed",
    data: { companyName, amountCents: 9_900, nextAttemptAt: DAY },
  },
  trialCharging: {
    kind: "trialCharging",
    data: { companyName, planName: "Pro", endsAt: DAY, amountCents: 9_900 },
  },
  planEnded: { kind: "planEnded", data: { companyName, planName: "Pro" } },
  leadsUsedUp: { kind: "leadsUsedUp", data: { companyName, campaignName: "Home show" } },
  securityAlert: {
    kind: "securityAlert",
    data: { companyName, personName: "Mallory Reed", refusals: 7, at: DAY },
  },
  supportRequested: {
    kind: "supportRequested",
    data: { companyName, staffName: "Mia Ford", reason: "You asked why two leads came in twice." },
  },
  staffAlert: {
    kind: "staffAlert",
    data: {
      what: "Reached for other companies' data",
      ...{ subjectName: "Mallory Reed", companyName, count: 7, at: DAY },
    },
  },
  closingRequested: {
    kind: "closingRequested",
    data: { companyName, requestedBy: "Ada Lopez", closesAt: DAY },
  },
  closingReminder: { kind: "closingReminder", data: { companyName, closesAt: DAY } },
  closingCancelled: { kind: "closingCancelled", data: { companyName, cancelledBy: "Ada Lopez" } },
  archiveReady: {
    kind: "archiveReady",
    data: { companyName, requestedBy: "Ada Lopez", rows: 12_345, files: 210, expiresAt: DAY },
  },
  closed: { kind: "closed", data: { companyName } },
};
