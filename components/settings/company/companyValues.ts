import { companyForm, type CompanyForm, type Licence } from "../../../lib/company.ts";

export type CompanyField = keyof CompanyForm;
/** Sentences by where they belong: "name", "licences.0.number". */
export type CompanyErrors = Partial<Record<string, string>>;

export const FIELD_NAMES: Record<CompanyField, string> = {
  name: "Company name",
  address: "Address",
  phone: "Phone",
  website: "Website",
  licences: "Licences",
  timeZone: "Time zone",
};

/** The form's part of a profile. */
export function valuesOf(profile: CompanyForm): CompanyForm {
  const { name, address, phone, website, licences, timeZone } = profile;
  return { name, address, phone, website, licences, timeZone };
}

/** Checks the form with the schema that the server uses too. */
export function checkCompany(
  values: CompanyForm,
): { ok: true; company: CompanyForm } | { ok: false; errors: CompanyErrors } {
  const parsed = companyForm.safeParse(values);
  if (parsed.success) return { ok: true, company: parsed.data };
  const errors: CompanyErrors = {};
  for (const { path, message } of parsed.error.issues) errors[path.join(".")] ??= message;
  return { ok: false, errors };
}

/** A field's value as both versions of it are shown to somebody who chooses. */
export function shownValue(field: CompanyField, values: CompanyForm): string {
  if (field === "licences") return values.licences.map(licenceText).join("\n");
  if (field === "timeZone") return values.timeZone.replaceAll("_", " ");
  return values[field];
}

function licenceText({ state, number }: Licence): string {
  return `${state} ${number}`;
}
