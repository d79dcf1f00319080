"use client";

import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { type FieldInput, InlineField } from "@/components/ui/InlineField";
import { api } from "@/convex/_generated/api";
import { projectForm } from "@/lib/projects";
import { showChanged } from "../showChanged";
import type { ProjectDetail } from "../types";
import {
  type DetailField,
  DETAILS,
  type DetailSpec,
  parsedDetail,
  shownDetail,
  typedDetail,
} from "./detailFields";

type EditableDetailProps = {
  project: ProjectDetail;
  field: DetailField;
  editable: boolean;
  /** What to show in place of the plain value, such as a link. */
  shown?: ReactNode;
};

/** One detail of a project, changed where it stands; it shows the new value at once. */
export function EditableDetail({ project, field, editable, shown }: EditableDetailProps) {
  const spec = DETAILS[field];
  const text = shownDetail(field, project[field]);
  const update = useMutation(api.projects.update).withOptimisticUpdate((store, change) => {
    const { projectId, ...fields } = change;
    const given = Object.entries(fields).map(([name, value]) => [name, value ?? undefined]);
    showChanged(store, projectId, Object.fromEntries(given) as Partial<ProjectDetail>);
  });

  function check(typed: string): string | null {
    const next = parsedDetail(field, typed) ?? (spec.required ? "" : undefined);
    const { error } = projectForm.shape[field].safeParse(next);
    return error ? (error.issues[0]?.message ?? "This cannot be right.") : null;
  }

  async function save(typed: string) {
    const next = parsedDetail(field, typed);
    // The same number can be typed in several ways.
    if (next === (project[field] ?? null)) return;
    await update({ projectId: project._id, [field]: next });
  }

  return (
    <InlineField
      label={spec.label}
      value={typedDetail(field, project[field])}
      shown={shown || (text && <bdi>{text}</bdi>)}
      editable={editable}
      input={inputOf(spec)}
      choices={spec.kind === "choice" ? choicesOf(spec.names) : undefined}
      check={check}
      save={save}
    />
  );
}

function inputOf(spec: DetailSpec): FieldInput {
  if (spec.kind === "text") return spec.type ?? "text";
  if (spec.kind === "day") return "date";
  return spec.kind === "choice" ? "text" : "decimal";
}

function choicesOf(names: Record<string, string>) {
  const named = Object.entries(names).map(([value, label]) => ({ value, label }));
  return [{ value: "", label: "–" }, ...named];
}
