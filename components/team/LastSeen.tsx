import { formatMoment, formatRelative } from "@/lib/format";
import { ACTIVE_WITHIN_MS } from "@/lib/team";
import classes from "./LastSeen.module.css";

type LastSeenProps = {
  /** Milliseconds; undefined for somebody who was never here. */
  at: number | undefined;
  now: number;
  /** False for somebody who cannot be here now, however lately they were. */
  active?: boolean;
};

/** "Active now", or how long ago somebody was seen. */
export function LastSeen({ at, now, active = true }: LastSeenProps) {
  if (at === undefined) return <span className={classes.seen}>Not seen yet</span>;
  if (active && now - at < ACTIVE_WITHIN_MS) {
    return (
      <span className={classes.seen} data-here>
        Active now
      </span>
    );
  }
  return (
    <span className={classes.seen} title={formatMoment(at)}>
      Seen {formatRelative(at, now)}
    </span>
  );
}
