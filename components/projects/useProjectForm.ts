import { useState } from "react";
import { useFormEdits } from "@/components/ui/useFormEdits";
import { errorData } from "@/lib/errors";
import type { ProjectForm } from "@/lib/projects";
import {
  checkForm,
  formFieldOf,
  type FormErrors,
  type FormField,
  type FormValues,
} from "./formValues";

/** A project's form over its live values, with the errors at its fields. */
export function useProjectForm(live: FormValues) {
  const edits = useFormEdits<FormValues>(live);
  const [errors, setErrors] = useState<FormErrors>({});
  const { values, edited, overtaken } = edits;

  function change(field: FormField, value: string | number) {
    edits.change(field, value as string);
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
    edits.reset();
    setErrors({});
  }

  return { values, errors, edited, overtaken, change, check, refuse, reset };
}

export type ProjectFormState = ReturnType<typeof useProjectForm>;

function focusField(name: string | undefined) {
  if (name) document.querySelector<HTMLElement>(`[role="dialog"] [name="${name}"]`)?.focus();
}
