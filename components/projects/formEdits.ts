import type { FormField, FormValues } from "./formValues.ts";

type Edit = {
  value: string | number;
  /** What the live project said when this field was first touched. */
  before: string | number;
};

/** The fields that were typed in since the form was opened. */
export type FormEdits = Partial<Record<FormField, Edit>>;

/** The edits after typing `value` into a field. */
export function withEdit(
  edits: FormEdits,
  live: FormValues,
  field: FormField,
  value: string | number,
): FormEdits {
  return { ...edits, [field]: { value, before: edits[field]?.before ?? live[field] } };
}

/**
 * What the form shows: typed values lie over the live ones, so a field that nobody touched follows
 * changes from other browsers, and one that was typed in keeps what was typed. `edited` are the
 * fields that now differ from the live project, `overtaken` those of them that somebody else has
 * changed since they were first touched.
 */
export function layOver(
  live: FormValues,
  edits: FormEdits,
): { values: FormValues; edited: FormField[]; overtaken: FormField[] } {
  const values = { ...live };
  const edited: FormField[] = [];
  const overtaken: FormField[] = [];
  for (const [field, { value, before }] of Object.entries(edits) as [FormField, Edit][]) {
    Object.assign(values, { [field]: value });
    if (value === live[field]) continue;
    edited.push(field);
    if (before !== live[field]) overtaken.push(field);
  }
  return { values, edited, overtaken };
}
