import { formatDate, formatDay } from "@/lib/format";
import { urgencyOf } from "@/lib/tasks";
import classes from "./Tasks.module.css";
import type { Task } from "./types";

/** When a task is due, or by whom it was done. `today`: the company's day. */
export function DueDay({ task, today }: { task: Task; today: string }) {
  if (task.state === "done") {
    return (
      <span className={classes.due}>
        Done{task.doneAt !== undefined && ` ${formatDate(task.doneAt)}`}
        {task.doneByName !== undefined && (
          <>
            {" "}
            by <bdi>{task.doneByName}</bdi>
          </>
        )}
      </span>
    );
  }
  if (task.dueDay === undefined) return null;
  const urgency = urgencyOf(task.dueDay, today);
  const day = formatDay(task.dueDay);
  return (
    <span className={classes.due} data-urgency={urgency}>
      {urgency === "overdue"
        ? `Overdue since ${day}`
        : urgency === "today"
          ? "Due today"
          : `Due ${day}`}
    </span>
  );
}
