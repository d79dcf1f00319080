"use client";

import { IconChecklist } from "@tabler/icons-react";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { TaskRow } from "@/components/tasks/TaskRow";
import classes from "@/components/tasks/Tasks.module.css";
import { useToday } from "@/components/tasks/useToday";
import { AnchorLink } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";

const FIRST = {
  whose: "mine",
  state: "open",
  paginationOpts: { numItems: 5, cursor: null },
} as const;

/** The member's own most urgent tasks. */
export function DueToMePanel() {
  const tasks = useLiveQuery(api.tasks.list, FIRST);
  const today = useToday();
  return (
    <Panel
      title="Due to me"
      flush
      aside={
        <AnchorLink href="/tasks" size="sm" fw={600}>
          All tasks
        </AnchorLink>
      }
    >
      {tasks.status === "loading" && <ProjectsSkeleton rows={2} />}
      {tasks.status === "error" && <ErrorNotice error={tasks.error} order={3} />}
      {tasks.status === "ready" && tasks.data.page.length === 0 && (
        <Notice
          order={3}
          icon={<IconChecklist size={26} stroke={1.6} aria-hidden />}
          title="Nothing to do"
        >
          Tasks that are assigned to you appear here.
        </Notice>
      )}
      {tasks.status === "ready" && tasks.data.page.length > 0 && (
        <ul className={`${classes.list} ${classes.padded}`}>
          {tasks.data.page.map((task) => (
            <li key={task._id}>
              {/* Fields are changed on the tasks' page and on the project's. */}
              <TaskRow task={task} members={[]} today={today} withProject fixed />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
