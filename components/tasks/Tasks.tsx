"use client";

import { SegmentedControl } from "@mantine/core";
import { IconChecklist } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { useSearchParams } from "next/navigation";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { MoreButton } from "@/components/ui/LoadMore";
import { Notice } from "@/components/ui/Notice";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { TaskRow } from "./TaskRow";
import classes from "./Tasks.module.css";
import { type TasksFilter, tasksFilterFrom, tasksHref } from "./tasksFilter";
import { useToday } from "./useToday";

const PAGE = 25;

/** What is due, to oneself or to everyone, across projects. */
export function Tasks() {
  const { member } = useMember();
  const asked = tasksFilterFrom(useSearchParams());
  // Sunup's staff have none of their own.
  const filter: TasksFilter = member === null ? { ...asked, whose: "all" } : asked;
  const apply = (change: Partial<TasksFilter>) =>
    window.history.pushState(null, "", tasksHref({ ...filter, ...change }));
  return (
    <>
      <PageHeader title="Tasks" description="What is to be done, the most urgent first." />
      <div className={classes.filters}>
        {member !== null && (
          <SegmentedControl
            aria-label="Whose tasks"
            value={filter.whose}
            data={[
              { value: "mine", label: "Mine" },
              { value: "all", label: "Everyone’s" },
            ]}
            onChange={(whose) => apply({ whose: whose as TasksFilter["whose"] })}
          />
        )}
        <SegmentedControl
          aria-label="Open or done"
          value={filter.state}
          data={[
            { value: "open", label: "Open" },
            { value: "done", label: "Done" },
          ]}
          onChange={(state) => apply({ state: state as TasksFilter["state"] })}
        />
      </div>
      <Panel flush>
        <QueryBoundary resetKey={tasksHref(filter)}>
          <TaskList filter={filter} />
        </QueryBoundary>
      </Panel>
    </>
  );
}

function TaskList({ filter }: { filter: TasksFilter }) {
  const today = useToday();
  const names = useLiveQuery(api.members.names, {});
  const { results, status, loadMore } = usePaginatedQuery(api.tasks.list, filter, {
    initialNumItems: PAGE,
  });
  if (status === "LoadingFirstPage") return <ProjectsSkeleton rows={4} />;
  if (results.length === 0) return <NoTasks {...filter} />;
  return (
    <>
      <ul className={`${classes.list} ${classes.padded}`} aria-label="Tasks">
        {results.map((task) => (
          <li key={task._id}>
            <TaskRow
              task={task}
              members={names.status === "ready" ? names.data : []}
              today={today}
              withProject
            />
          </li>
        ))}
      </ul>
      <MoreButton status={status} loadMore={loadMore} count={PAGE} m="md" size="xs">
        Show more
      </MoreButton>
    </>
  );
}

function NoTasks({ whose, state }: TasksFilter) {
  return (
    <Notice
      icon={<IconChecklist size={26} stroke={1.6} aria-hidden />}
      title={state === "done" ? "Nothing done yet" : "Nothing to do"}
    >
      {state === "done"
        ? "What is checked off appears here, the latest first."
        : whose === "mine"
          ? "Tasks that are assigned to you appear here. They are added on a project’s page."
          : "Tasks are added on a project’s page."}
    </Notice>
  );
}
