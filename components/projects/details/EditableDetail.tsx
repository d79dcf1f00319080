"use client";

import { NativeSelect, TextInput, UnstyledButton } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { toastError } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { describeError } from "@/lib/errors";
import { projectForm } from "@/lib/projects";
import { showChanged } from "../showChanged";
import type { ProjectDetail } from "../types";
import { type DetailField, DETAILS, parsedDetail, shownDetail, typedDetail } from "./detailFields";
import classes from "./EditableDetail.module.css";

type EditableDetailProps = {
  project: ProjectDetail;
  field: DetailField;
  editable: boolean;
  /** What to show in place of the plain value, such as a link. */
  shown?: ReactNode;
};

/**
 * One detail of a project, changed where it stands: a click or Enter opens it, Enter or leaving it
 * saves, Escape takes back. It shows the new value at once; when the server refuses, the old one
 * comes back, with the reason.
 */
export function EditableDetail({ project, field, editable, shown }: EditableDetailProps) {
  const spec = DETAILS[field];
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const update = useMutation(api.projects.update).withOptimisticUpdate((store, change) => {
    const { projectId, ...fields } = change;
    const given = Object.entries(fields).map(([name, value]) => [name, value ?? undefined]);
    showChanged(store, projectId, Object.fromEntries(given) as Partial<ProjectDetail>);
  });

  const text = shownDetail(field, project[field]);
  const value = shown ?? (text === undefined ? undefined : <bdi>{text}</bdi>);
  if (!editable) return <>{value ?? "–"}</>;

  function close() {
    setTyped(null);
    setError(null);
  }

  function save() {
    if (typed === null) return;
    const next = parsedDetail(field, typed);
    if (next === (project[field] ?? null)) return close();
    const checked = projectForm.shape[field].safeParse(next ?? (spec.required ? "" : undefined));
    if (!checked.success) {
      setError(checked.error.issues[0]?.message ?? "This cannot be right.");
      return;
    }
    close();
    update({ projectId: project._id, [field]: next }).catch((thrown: unknown) => {
      toastError(thrown);
      setTyped(typed);
      setError(describeError(thrown).message);
    });
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape") {
      close();
      requestAnimationFrame(() => button.current?.focus());
    } else if (event.key === "Enter") {
      event.preventDefault();
      save();
      requestAnimationFrame(() => button.current?.focus());
    }
  }

  if (typed === null) {
    return (
      <span className={classes.value}>
        {value ?? <span className={classes.none}>–</span>}
        <UnstyledButton
          ref={button}
          className={classes.edit}
          aria-label={`Change ${spec.label}`}
          onClick={() => setTyped(typedDetail(field, project[field]))}
        >
          <IconPencil size={14} aria-hidden />
        </UnstyledButton>
      </span>
    );
  }
  const input = {
    "aria-label": spec.label,
    size: "xs",
    value: typed,
    error,
    autoFocus: true,
    onKeyDown,
    onBlur: save,
  } as const;
  return spec.kind === "choice" ? (
    <NativeSelect
      {...input}
      onChange={(event) => setTyped(event.currentTarget.value)}
      data={[
        { value: "", label: "–" },
        ...Object.entries(spec.names).map(([choice, label]) => ({ value: choice, label })),
      ]}
    />
  ) : (
    <TextInput
      {...input}
      type={spec.kind === "text" ? (spec.type ?? "text") : spec.kind === "day" ? "date" : "text"}
      inputMode={spec.kind === "number" || spec.kind === "dollars" ? "decimal" : undefined}
      autoComplete="off"
      onChange={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
