/** What can happen to a project, as its timeline tells it. */
export const ACTIVITY_KINDS = [
  "created",
  "changed",
  "moved",
  "archived",
  "restored",
  "ticked",
  "unticked",
  "permitAdded",
  "permitChanged",
  "permitSubmitted",
  "permitRejected",
  "permitApproved",
  "permitStepUndone",
  "permitRemoved",
  "documentAdded",
  "documentChanged",
  "documentDeleted",
  "documentRestored",
] as const;
export type ActivityKind = (typeof ACTIVITY_KINDS)[number];
