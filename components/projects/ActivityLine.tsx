import type { FunctionReturnType } from "convex/server";
import Link from "next/link";
import type { ReactNode } from "react";
import type { api } from "@/convex/_generated/api";
import { formatMoment } from "@/lib/format";
import { fieldName, shownValue } from "./activityWords";
import classes from "./ActivityLine.module.css";

type Line = FunctionReturnType<typeof api.activity.recent>["page"][number];

/** One line of a timeline: who did what, when, before and after. `linked` names the project, too. */
export function ActivityLine({ line, linked = false }: { line: Line; linked?: boolean }) {
  const project = linked ? (
    <Link href={`/projects/${line.projectId}`} className={classes.project}>
      <bdi>{line.projectName}</bdi>
    </Link>
  ) : (
    "the project"
  );
  return (
    <div className={classes.line}>
      <p className={classes.sentence}>
        <bdi className={classes.actor}>{line.actor.name}</bdi> {sentenceOf(line, project)}
      </p>
      {line.kind === "changed" && (
        <ul className={classes.changes}>
          {line.changes.map((change) => (
            <li key={change.field}>
              {fieldName(change.field)}: <del>{shownValue(change.field, change.before)}</del>{" "}
              <ins>{shownValue(change.field, change.after)}</ins>
            </li>
          ))}
        </ul>
      )}
      {line.reason && <p className={classes.reason}>“{line.reason}”</p>}
      <time className={classes.when} dateTime={new Date(line._creationTime).toISOString()}>
        {formatMoment(line._creationTime)}
      </time>
    </div>
  );
}

function sentenceOf({ kind, changes, subject }: Line, project: ReactNode): ReactNode {
  const [change] = changes;
  switch (kind) {
    case "created":
      return <>created {project}</>;
    case "moved":
      return (
        <>
          moved {project} from {change?.before || "a removed stage"} to <b>{change?.after}</b>
        </>
      );
    case "archived":
      return <>archived {project}</>;
    case "restored":
      return <>restored {project}</>;
    case "changed":
      return (
        <>
          changed {subject ?? "details"} of {project}
        </>
      );
  }
}
