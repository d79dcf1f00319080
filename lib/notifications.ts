import { projectPath } from "./projects.ts";

/** Mails about one's own work, which every member turns on and off. All are on at first. */
export const EMAIL_CHOICES = [
  "taskAssigned",
  "surveyAssigned",
  "mention",
  "weeklySummary",
] as const;
export type EmailChoice = (typeof EMAIL_CHOICES)[number];

export const EMAIL_CHOICE_WORDS: Record<EmailChoice, { name: string; description: string }> = {
  taskAssigned: {
    name: "Tasks",
    description: "When somebody assigns a task to you.",
  },
  surveyAssigned: {
    name: "Site surveys",
    description: "When somebody plans a site survey for you.",
  },
  mention: {
    name: "Mentions",
    description: "When somebody mentions you in a note.",
  },
  weeklySummary: {
    name: "Weekly summary",
    description: "Every Monday: what moved, what is stuck, what is due to you.",
  },
};

/** What a member is told about under the bell. */
export const NOTIFICATION_KINDS = [
  "mention",
  "taskAssigned",
  "surveyAssigned",
  "projectOwner",
  "projectCrew",
  "leadAssigned",
  "supportEntered",
  "supportRequested",
] as const;
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Unread notifications are counted up to here; "20+" stands for more. */
export const MAX_UNREAD_COUNTED = 20;

/** A notification is kept so many days, read or not. */
export const NOTIFICATION_DAYS = 90;

/** Where administrators see who of Sunup was in their company. */
export const SUPPORT_ACCESS_PATH = "/settings/support";

/** The page that a notification leads to. */
export function subjectPath(
  subject: { projectId: string } | { leadId: string } | { surveyId: string } | { entryId: string },
): string {
  if ("entryId" in subject) return SUPPORT_ACCESS_PATH;
  if ("projectId" in subject) return projectPath(subject.projectId);
  return "leadId" in subject ? `/leads/${subject.leadId}` : `/surveys/${subject.surveyId}`;
}
