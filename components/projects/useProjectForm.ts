import { useState } from "react";
import { errorData } from "@/lib/errors";
import type { ProjectForm } from "@/lib/projects";
import {
  checkForm,
  formFieldOf,
  type FormErrors,
  type FormField,
  type FormValues,
} from "./formValues";

type Edit = {
  value: string | number;
  /** What the live project said when this field was first touched. */
  before: string | number;
};

/**
 * A form whose typed values lie over the live ones: a field that nobody touched follows changes
 * from other browsers, a field that was typed in keeps what was typed. `overtaken` lists the typed
 * fields that somebody else has changed meanwhile.
 */
export function useProjectForm(live: FormValues) {
  const [edits, setEdits] = useState<Partial<Record<FormField, Edit>>>({});
  const [errors, setErrors] = useState<FormErrors>({});

  const values = { ...live };
  const edited: FormField[] = [];
  const overtaken: FormField[] = [];
  for (const [field, edit] of Object.entries(edits) as [FormField, Edit][]) {
    Object.assign(values, { [field]: edit.value });
    if (edit.value !== live[field]) edited.push(field);
    if (edit.before !== live[field] && edit.value !== live[field]) overtaken.push(field);
  }

  function change(field: FormField, value: string | number) {
    setEdits((all) => ({ ...all, [field]: { value, before: all[field]?.before ?? live[field] } }));
    setErrors((all) => ({ ...all, [field]: undefined }));
  }

  /** The checked project, or null after marking the wrong fields and going to the first one. */
  function check(): ProjectForm | null {
    const result = checkForm(values);
    setErrors(result.ok ? {} : result.errors);
    if (result.ok) return result.project;
    focusField(Object.keys(result.errors)[0]);
    return null;
  }

  /** Puts a server's refusal at its field. False when it names none: then it is for a toast. */
  function refuse(thrown: unknown): boolean {
    const data = errorData(thrown);
    const field = data?.field === undefined ? undefined : formFieldOf(data.field);
    if (!data || !field) return false;
    setErrors({ [field]: data.message });
    focusField(field);
    return true;
  }

  function reset() {
    setEdits({});
    setErrors({});
  }

  return { values, errors, edited, overtaken, change, check, refuse, reset };
}

export type ProjectFormState = ReturnType<typeof useProjectForm>;

function focusField(name: string | undefined) {
  if (name) document.querySelector<HTMLElement>(`[role="dialog"] [name="${name}"]`)?.focus();
}
