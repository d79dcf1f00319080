"use client";

import { ActionIcon, Checkbox } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import type { MemberName } from "@/components/projects/types";
import { AnchorLink } from "@/components/ui/links";
import { useMember } from "@/components/workspace/MemberContext";
import { projectPath } from "@/lib/projects";
import { DueDay } from "./DueDay";
import classes from "./Tasks.module.css";
import type { Task } from "./types";
import { useTaskActions } from "./useTaskActions";

// The dashboard shows tasks, too, and has no use for their editor.
const TaskEditor = dynamic(() => import("./TaskEditor").then((m) => m.TaskEditor));

type TaskRowProps = {
  task: Task;
  members: MemberName[];
  /** The company's day. */
  today: string;
  /** False where its project is archived. */
  editable?: boolean;
  /** In lists of several projects. */
  withProject?: boolean;
  /** It can be checked off, and no more. */
  fixed?: boolean;
};

/** A task: checked off where it stands; the pencil opens its fields in place. */
export function TaskRow({ task, members, today, editable = true, ...shown }: TaskRowProps) {
  const { withProject, fixed } = shown;
  const { can, member } = useMember();
  const { check, save, remove } = useTaskActions();
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const mayChange = editable && can("projects.write");
  const assignee = members.find(({ _id }) => _id === task.assigneeId);

  const close = () => {
    setEditing(false);
    requestAnimationFrame(() => pencil.current?.focus());
  };
  if (editing) {
    return (
      <TaskEditor
        task={task}
        members={members}
        submit="Save"
        onSubmit={async (edit) => {
          close();
          await save(task, edit);
          return true;
        }}
        onCancel={close}
      />
    );
  }
  return (
    <div className={classes.task}>
      <Checkbox
        className={classes.check}
        aria-label={task.title}
        checked={task.state === "done"}
        disabled={!(mayChange || (editable && member !== null && task.assigneeId === member._id))}
        onChange={(event) => void check(task, event.currentTarget.checked)}
      />
      <div className={classes.words}>
        <span className={classes.name} data-done={task.state === "done" || undefined} dir="auto">
          {task.title}
        </span>
        <span className={classes.facts}>
          <DueDay task={task} today={today} />
          {assignee && (
            <span>
              <bdi>{assignee.name}</bdi>
              {assignee.status === "active" ? "" : " (no access)"}
            </span>
          )}
          {withProject && (
            <AnchorLink href={projectPath(task.projectId)} className={classes.project}>
              <bdi>{task.projectName}</bdi>
            </AnchorLink>
          )}
        </span>
      </div>
      {mayChange && !fixed && (
        <span className={classes.tools}>
          <ActionIcon
            ref={pencil}
            variant="subtle"
            color="gray"
            aria-label={`Change the task ${task.title}`}
            onClick={() => setEditing(true)}
          >
            <IconPencil size={16} aria-hidden />
          </ActionIcon>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove the task ${task.title}`}
            onClick={() => void remove(task)}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </span>
      )}
    </div>
  );
}
