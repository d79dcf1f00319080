import type { ReactNode } from "react";
import { formatMoment } from "@/lib/format";
import classes from "./TimelineLine.module.css";

/** A longer value is cut: the timeline tells what changed, its place shows it whole. */
const MAX_CHARACTERS = 120;

type TimelineLineProps = {
  /** Who did it. */
  actor: string;
  /** What they did, behind their name. */
  children: ReactNode;
  /** Values before and after as a person reads them; empty text for none. */
  changes?: { label: string; before: string; after: string }[];
  reason?: string;
  /** When, in milliseconds. */
  at: number;
};

/** One line of a timeline: who did what, when, before and after. */
export function TimelineLine({ actor, children, changes = [], reason, at }: TimelineLineProps) {
  return (
    <div className={classes.line}>
      <p className={classes.sentence}>
        <bdi className={classes.actor}>{actor}</bdi> {children}
      </p>
      {changes.length > 0 && (
        <ul className={classes.changes}>
          {changes.map(({ label, before, after }) => (
            <li key={label}>
              {label}: <del>{shown(before)}</del> <ins>{shown(after)}</ins>
            </li>
          ))}
        </ul>
      )}
      {reason && <p className={classes.reason}>“{reason}”</p>}
      <time className={classes.when} dateTime={new Date(at).toISOString()}>
        {formatMoment(at)}
      </time>
    </div>
  );
}

function shown(value: string): string {
  if (value === "") return "nothing";
  return value.length > MAX_CHARACTERS ? `${value.slice(0, MAX_CHARACTERS)}…` : value;
}
