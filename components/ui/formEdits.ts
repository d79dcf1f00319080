type Edit<Value> = {
  value: Value;
  /** What the live record said when this field was first touched, or when its own change was last kept. */
  before: Value;
};

/** The fields that were changed since the form was opened. */
export type FormEdits<Values> = { [Field in keyof Values]?: Edit<Values[Field]> };

/** The edits after changing a field to `value`. */
export function withEdit<Values, Field extends keyof Values>(
  edits: FormEdits<Values>,
  live: Values,
  field: Field,
  value: Values[Field],
): FormEdits<Values> {
  return { ...edits, [field]: { value, before: edits[field]?.before ?? live[field] } };
}

/** The edits after deciding that one's own version of a field goes over the live one. */
export function keepEdit<Values>(
  edits: FormEdits<Values>,
  live: Values,
  field: keyof Values,
): FormEdits<Values> {
  const edit = edits[field];
  return edit === undefined ? edits : { ...edits, [field]: { ...edit, before: live[field] } };
}

/** The edits without that of one field: it follows the live record again. */
export function withoutEdit<Values>(
  edits: FormEdits<Values>,
  field: keyof Values,
): FormEdits<Values> {
  const { [field]: _dropped, ...others } = edits;
  return others as FormEdits<Values>;
}

/**
 * What the form shows: changed values lie over the live ones, so a field that nobody touched
 * follows changes from other browsers, and one that was changed keeps its change. `edited` are the
 * fields that now differ from the live record, `overtaken` those of them that somebody else has
 * changed since they were first touched.
 */
export function layOver<Values extends object>(
  live: Values,
  edits: FormEdits<Values>,
): { values: Values; edited: (keyof Values)[]; overtaken: (keyof Values)[] } {
  const values = { ...live };
  const edited: (keyof Values)[] = [];
  const overtaken: (keyof Values)[] = [];
  for (const field of Object.keys(edits) as (keyof Values)[]) {
    const { value, before } = edits[field]!;
    values[field] = value;
    if (same(value, live[field])) continue;
    edited.push(field);
    if (!same(before, live[field])) overtaken.push(field);
  }
  return { values, edited, overtaken };
}

/** Values of forms: texts, numbers, and lists of plain objects. */
function same(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}
