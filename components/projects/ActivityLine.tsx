import type { FunctionReturnType } from "convex/server";
import type { ReactNode } from "react";
import { HoverPrefetchLink } from "@/components/ui/HoverPrefetchLink";
import { TimelineLine } from "@/components/ui/timeline/TimelineLine";
import type { api } from "@/convex/_generated/api";
import { formatDay } from "@/lib/format";
import { fieldName, shownValue } from "./activityWords";
import classes from "./ActivityLine.module.css";

type Line = FunctionReturnType<typeof api.activity.recent>["page"][number];

/** One line of a timeline: who did what, when, before and after. `linked` names the project, too. */
export function ActivityLine({ line, linked = false }: { line: Line; linked?: boolean }) {
  const project = linked ? (
    <HoverPrefetchLink href={`/projects/${line.projectId}`} className={classes.project}>
      <bdi>{line.projectName}</bdi>
    </HoverPrefetchLink>
  ) : (
    "the project"
  );
  const changes = CHANGES.includes(line.kind) ? line.changes : [];
  return (
    <TimelineLine
      actor={line.actor.name}
      changes={changes.map(({ field, before, after }) => ({
        label: fieldName(field),
        before: shownValue(field, before),
        after: shownValue(field, after),
      }))}
      reason={line.reason}
      at={line._creationTime}
    >
      {sentenceOf(line, project)}
    </TimelineLine>
  );
}

/** The steps of a permit as they are taken back. */
const UNDONE: Record<string, string> = {
  submitted: "submitted",
  rejected: "sent back",
  approved: "approved",
};

/** What tells each field before and after. */
const CHANGES: Line["kind"][] = [
  "changed",
  "permitChanged",
  "documentChanged",
  "surveyScheduled",
  "surveyChanged",
];

/** Something of a project, by its name. */
function of(subject: string | undefined, project: ReactNode): ReactNode {
  return (
    <>
      <bdi>“{subject}”</bdi> of {project}
    </>
  );
}

function sentenceOf({ kind, changes, subject }: Line, project: ReactNode): ReactNode {
  const [change] = changes;
  const missing = changes.find(({ field }) => field === "missing")?.before;
  const what = <bdi>{subject}</bdi>;
  const on = change?.field === "day" ? ` on ${formatDay(change.after)}` : "";
  switch (kind) {
    case "created":
      return <>created {project}</>;
    case "moved":
      return (
        <>
          moved {project} from {change?.before || "a removed stage"} to <b>{change?.after}</b>
          {missing && `, although this was missing: ${missing}`}
        </>
      );
    case "archived":
      return <>archived {project}</>;
    case "restored":
      return <>restored {project}</>;
    case "documentAdded":
      return <>added the document {of(subject, project)}</>;
    case "documentChanged":
      return <>changed the document {of(subject, project)}</>;
    case "documentDeleted":
      return <>deleted the document {of(subject, project)}</>;
    case "documentRestored":
      return <>restored the document {of(subject, project)}</>;
    case "surveyScheduled":
      return <>planned a survey of {project}</>;
    case "surveyChanged":
      return <>rescheduled the survey of {project}</>;
    case "surveyCancelled":
      return <>cancelled the survey of {project}</>;
    case "surveyCompleted":
      return <>completed the survey of {project}</>;
    case "changed":
      return (
        <>
          changed {subject ?? "details"} of {project}
        </>
      );
    case "ticked":
      return (
        <>
          ticked “{what}” on {project}
        </>
      );
    case "unticked":
      return (
        <>
          took the tick from “{what}” on {project}
        </>
      );
    case "taskAdded":
      return (
        <>
          added the task “{what}” to {project}
        </>
      );
    case "taskDone":
      return (
        <>
          did the task “{what}” of {project}
        </>
      );
    case "taskReopened":
      return (
        <>
          opened the task “{what}” of {project} again
        </>
      );
    case "taskRemoved":
      return (
        <>
          removed the task “{what}” from {project}
        </>
      );
    case "taskRestored":
      return (
        <>
          brought the task “{what}” of {project} back
        </>
      );
    case "noteAdded":
      return <>wrote a note on {project}</>;
    case "noteRemoved":
      return <>removed a note from {project}</>;
    case "permitAdded":
      return (
        <>
          added {what} to {project}
        </>
      );
    case "permitChanged":
      return (
        <>
          changed {what} of {project}
        </>
      );
    case "permitSubmitted":
      return (
        <>
          submitted {what} for {project}
          {on}
        </>
      );
    case "permitRejected":
      return (
        <>
          noted that {what} of {project} was sent back{on}
        </>
      );
    case "permitApproved":
      return (
        <>
          noted that {what} of {project} was approved{on}
        </>
      );
    case "permitStepUndone":
      return (
        <>
          took back that {what} of {project} was {UNDONE[change?.field ?? ""]}
        </>
      );
    case "permitRemoved":
      return (
        <>
          removed {what} from {project}
        </>
      );
  }
}
