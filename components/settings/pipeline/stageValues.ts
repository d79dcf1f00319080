import { requirementText, type StageRequirement } from "../../../lib/gates.ts";
import { NAME_TAKEN, sameStageName, stageForm, type StageForm } from "../../../lib/stageForm.ts";
import { STAGE_CATEGORY_NAMES, type StageCategory } from "../../../lib/stages.ts";

/** What the form's inputs hold; NumberInput gives text while there is no number. */
export type StageValues = {
  name: string;
  category: StageCategory;
  targetDays: number | string;
  gate: StageRequirement[];
};
export type StageField = keyof StageValues;
export type StageErrors = Partial<Record<StageField, string>>;

export const FIELD_NAMES: Record<StageField, string> = {
  name: "Name",
  category: "Category",
  targetDays: "Target (days)",
  gate: "To leave this stage",
};

/** Checks the form with the rules that the server uses too. `others` are the other stages' names. */
export function checkStage(
  values: StageValues,
  others: readonly string[],
): { ok: true; stage: StageForm } | { ok: false; errors: StageErrors } {
  const parsed = stageForm.safeParse(values);
  if (others.some((name) => sameStageName(name, values.name))) {
    return { ok: false, errors: { name: NAME_TAKEN } };
  }
  if (parsed.success) return { ok: true, stage: parsed.data };
  const errors: StageErrors = {};
  for (const { path, message } of parsed.error.issues) errors[path[0] as StageField] ??= message;
  return { ok: false, errors };
}

/** A field's value as both versions of it are shown to somebody who chooses. */
export function shownValue(field: StageField, values: StageValues): string {
  if (field === "category") return STAGE_CATEGORY_NAMES[values.category];
  if (field === "gate") return values.gate.map(requirementText).join("; ");
  return String(values[field]);
}
