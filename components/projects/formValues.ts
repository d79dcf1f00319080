import { projectForm, type ProjectForm } from "../../lib/projects.ts";

/** What the form's inputs hold: text, and for numbers what Mantine's NumberInput gives. */
export type FormValues = {
  name: string;
  customerName: string;
  customerEmail: string;
  customerPhone: string;
  siteAddress: string;
  systemSizeKw: number | string;
  /** US dollars; the project keeps cents. */
  contractPriceUsd: number | string;
  notes: string;
};
export type FormField = keyof FormValues;
export type FormErrors = Partial<Record<FormField, string>>;

export const EMPTY_FORM: FormValues = {
  name: "",
  customerName: "",
  customerEmail: "",
  customerPhone: "",
  siteAddress: "",
  systemSizeKw: "",
  contractPriceUsd: "",
  notes: "",
};

/** A project's fields as the form's inputs show them. */
export function formValuesOf(project: ProjectForm): FormValues {
  return {
    name: project.name,
    customerName: project.customerName,
    customerEmail: project.customerEmail ?? "",
    customerPhone: project.customerPhone ?? "",
    siteAddress: project.siteAddress ?? "",
    systemSizeKw: project.systemSizeKw ?? "",
    contractPriceUsd:
      project.contractPriceCents === undefined ? "" : project.contractPriceCents / 100,
    notes: project.notes ?? "",
  };
}

/** Checks the form with the schema that the server uses too. Empty optional fields are left out. */
export function checkForm(
  values: FormValues,
): { ok: true; project: ProjectForm } | { ok: false; errors: FormErrors } {
  const dollars = toNumber(values.contractPriceUsd);
  const parsed = projectForm.safeParse({
    name: values.name,
    customerName: values.customerName,
    customerEmail: emptyToNone(values.customerEmail),
    customerPhone: emptyToNone(values.customerPhone),
    siteAddress: emptyToNone(values.siteAddress),
    systemSizeKw: toNumber(values.systemSizeKw),
    contractPriceCents: dollars === undefined ? undefined : Math.round(dollars * 100),
    notes: emptyToNone(values.notes),
  });
  if (parsed.success) return { ok: true, project: parsed.data };
  const errors: FormErrors = {};
  for (const issue of parsed.error.issues) {
    const field = formFieldOf(String(issue.path[0]));
    if (field) errors[field] ??= issue.message;
  }
  return { ok: false, errors };
}

/** The form's input for a field of the project, as an error names it. */
export function formFieldOf(projectField: string): FormField | undefined {
  if (projectField === "contractPriceCents") return "contractPriceUsd";
  return projectField in EMPTY_FORM ? (projectField as FormField) : undefined;
}

type RequiredField = "name" | "customerName";
type Change = Partial<Pick<ProjectForm, RequiredField>> & {
  [Field in Exclude<keyof ProjectForm, RequiredField>]?: ProjectForm[Field] | null;
};

/** The edited fields as `projects.update` takes them: null clears an optional field that was emptied. */
export function changesOf(edited: readonly FormField[], project: ProjectForm): Change {
  const change: Change = {};
  for (const field of edited) {
    const key = field === "contractPriceUsd" ? "contractPriceCents" : field;
    Object.assign(change, { [key]: project[key] ?? null });
  }
  return change;
}

function emptyToNone(text: string): string | undefined {
  const trimmed = text.trim();
  return trimmed === "" ? undefined : trimmed;
}

/** NumberInput gives text while a number is unfinished ("-", "1."); what is no number stays NaN. */
function toNumber(value: number | string): number | undefined {
  if (typeof value === "number") return value;
  return value.trim() === "" ? undefined : Number(value);
}
