"use client";

import { Button, TextInput } from "@mantine/core";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import type { MemberName } from "@/components/projects/types";
import { useExclusive } from "@/components/ui/useExclusive";
import { taskForm } from "@/lib/tasks";
import { AssigneeSelect } from "./AssigneeSelect";
import classes from "./Tasks.module.css";
import type { Task } from "./types";
import type { TaskEdit } from "./useTaskActions";

type TaskEditorProps = {
  /** What the editor begins with; a new task without one. */
  task?: Task;
  members: MemberName[];
  submit: string;
  /** Answers whether it was taken; what was not stays in the fields. */
  onSubmit: (edit: TaskEdit) => Promise<boolean>;
  onCancel?: () => void;
};

const EMPTY: TaskEdit = { title: "", dueDay: "", assigneeId: null };

/** A task's three fields in one line: Enter saves, Escape leaves. */
export function TaskEditor({ task, members, submit, onSubmit, onCancel }: TaskEditorProps) {
  const [edit, setEdit] = useState<TaskEdit>(
    task === undefined
      ? EMPTY
      : { title: task.title, dueDay: task.dueDay ?? "", assigneeId: task.assigneeId ?? null },
  );
  const [error, setError] = useState<string | null>(null);
  const change = (part: Partial<TaskEdit>) => {
    setError(null);
    setEdit((last) => ({ ...last, ...part }));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || onCancel === undefined) return;
    event.stopPropagation();
    onCancel();
  };
  const [send, busy] = useExclusive(async () => {
    const checked = taskForm.safeParse(edit);
    if (!checked.success) {
      setError(checked.error.issues[0]?.message ?? "This cannot be right.");
      return;
    }
    const taken = await onSubmit(edit);
    if (taken && task === undefined) setEdit(EMPTY);
  });
  const onSubmitForm = (event: FormEvent) => {
    event.preventDefault();
    void send();
  };
  return (
    <form className={classes.editor} onSubmit={onSubmitForm} onKeyDown={onKeyDown} noValidate>
      <TextInput
        className={classes.title}
        aria-label={task === undefined ? "New task" : "Task"}
        placeholder={task === undefined ? "Add a task" : undefined}
        autoComplete="off"
        autoFocus={task !== undefined}
        value={edit.title}
        error={error}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <TextInput
        type="date"
        aria-label="Due"
        value={edit.dueDay}
        onChange={(event) => change({ dueDay: event.currentTarget.value })}
      />
      <AssigneeSelect
        members={members}
        value={edit.assigneeId}
        kept={task?.assigneeId}
        onChange={(assigneeId) => change({ assigneeId })}
      />
      <Button type="submit" variant={task === undefined ? "default" : "filled"} loading={busy}>
        {submit}
      </Button>
      {onCancel && (
        <Button variant="subtle" color="gray" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </form>
  );
}
