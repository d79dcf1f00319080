import { useState } from "react";
import { keepEdit, layOver, withEdit, withoutEdit, type FormEdits } from "./formEdits";

/** A form that lies over a live record (formEdits.ts). */
export function useFormEdits<Values extends object>(live: Values) {
  const [edits, setEdits] = useState<FormEdits<Values>>({});
  return {
    ...layOver(live, edits),
    change: <Field extends keyof Values>(field: Field, value: Values[Field]) =>
      setEdits((all) => withEdit(all, live, field, value)),
    /** Somebody else changed the field too: one's own version is to go over theirs. */
    keepMine: (field: keyof Values) => setEdits((all) => keepEdit(all, live, field)),
    /** Theirs it is. */
    takeTheirs: (field: keyof Values) => setEdits((all) => withoutEdit(all, field)),
    reset: () => setEdits({}),
  };
}
