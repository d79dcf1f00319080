"use client";

import { Button, Skeleton } from "@mantine/core";
import { useMutation, usePaginatedQuery } from "convex/react";
import { useState } from "react";
import type { MemberName } from "@/components/projects/types";
import { MoreButton } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { toastError } from "@/components/ui/toasts";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { TaskEditor } from "./TaskEditor";
import { TaskRow } from "./TaskRow";
import classes from "./Tasks.module.css";
import type { TaskEdit } from "./useTaskActions";
import { useToday } from "./useToday";

const PAGE = 20;

type TasksPanelProps = { projectId: Id<"projects">; editable: boolean; archived: boolean };

/** What is to be done for a project, and, on demand, what was. */
export function TasksPanel({ projectId, editable, archived }: TasksPanelProps) {
  const { canAsMember } = useMember();
  const names = useLiveQuery(api.members.names, {});
  const members = names.status === "ready" ? names.data : [];
  const [withDone, setWithDone] = useState(false);
  const add = useMutation(api.tasks.add);
  const addTask = async ({ title, dueDay, assigneeId }: TaskEdit) => {
    try {
      await add({
        projectId,
        title,
        ...(dueDay === "" ? {} : { dueDay }),
        ...(assigneeId === null ? {} : { assigneeId }),
      });
      return true;
    } catch (thrown) {
      toastError(thrown);
      return false;
    }
  };
  const list = { projectId, members, editable: !archived };
  return (
    <Panel title="Tasks">
      <QueryBoundary>
        <ProjectTasks {...list} state="open" />
        {editable && canAsMember("projects.write") && (
          <TaskEditor members={members} submit="Add" onSubmit={addTask} />
        )}
        {withDone && <ProjectTasks {...list} state="done" />}
        <Button
          mt="xs"
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-expanded={withDone}
          onClick={() => setWithDone(!withDone)}
        >
          {withDone ? "Hide what is done" : "Show what is done"}
        </Button>
      </QueryBoundary>
    </Panel>
  );
}

type ProjectTasksProps = {
  projectId: Id<"projects">;
  state: "open" | "done";
  members: MemberName[];
  editable: boolean;
};

function ProjectTasks({ projectId, state, members, editable }: ProjectTasksProps) {
  const today = useToday();
  const { results, status, loadMore } = usePaginatedQuery(
    api.tasks.ofProject,
    { projectId, state },
    { initialNumItems: PAGE },
  );
  if (status === "LoadingFirstPage") {
    return <Skeleton height={42} radius="md" aria-label="Loading the tasks" />;
  }
  if (results.length === 0) {
    return (
      <p className={classes.empty}>
        {state === "open" ? "Nothing is to be done." : "Nothing was done yet."}
      </p>
    );
  }
  return (
    <>
      <ul className={classes.list} aria-label={state === "open" ? "Open tasks" : "Done tasks"}>
        {results.map((task) => (
          <li key={task._id}>
            <TaskRow task={task} members={members} today={today} editable={editable} />
          </li>
        ))}
      </ul>
      <MoreButton status={status} loadMore={loadMore} count={PAGE} size="xs">
        Show more
      </MoreButton>
    </>
  );
}
