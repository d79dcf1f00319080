import { formatCents, formatDay, formatKw } from "@/lib/format";
import { FINANCING_NAMES, type ProjectForm, ROOF_TYPE_NAMES } from "@/lib/projects";

export type DetailField = Exclude<keyof ProjectForm, "notes">;

type Kind =
  | { kind: "text"; type?: "email" | "tel" }
  | { kind: "number"; unit?: string }
  | { kind: "dollars" }
  | { kind: "day" }
  | { kind: "choice"; names: Record<string, string> };

/** What a project's page calls a field, and how it is typed and shown. */
export type DetailSpec = { label: string; required?: true } & Kind;

export const DETAILS: Record<DetailField, DetailSpec> = {
  name: { label: "Project name", kind: "text", required: true },
  customerName: { label: "Name", kind: "text", required: true },
  customerEmail: { label: "E-mail", kind: "text", type: "email" },
  customerPhone: { label: "Phone", kind: "text", type: "tel" },
  siteAddress: { label: "Site address", kind: "text" },
  roofType: { label: "Roof", kind: "choice", names: ROOF_TYPE_NAMES },
  roofAgeYears: { label: "Roof’s age", kind: "number", unit: "years" },
  mainPanelAmps: { label: "Main panel", kind: "number", unit: "A" },
  systemSizeKw: { label: "System size", kind: "number", unit: "kW DC" },
  moduleModel: { label: "Module", kind: "text" },
  moduleCount: { label: "Number of modules", kind: "number" },
  inverter: { label: "Inverter", kind: "text" },
  battery: { label: "Battery", kind: "text" },
  contractPriceCents: { label: "Contract price", kind: "dollars" },
  financing: { label: "Financing", kind: "choice", names: FINANCING_NAMES },
  financier: { label: "Financed by", kind: "text" },
  targetInstallDay: { label: "Target installation", kind: "day" },
};

type Value = string | number | undefined;

/** A value as the page shows it; undefined when there is none. */
export function shownDetail(field: DetailField, value: Value): string | undefined {
  if (value === undefined || value === "") return undefined;
  const spec = DETAILS[field];
  switch (spec.kind) {
    case "dollars":
      return formatCents(Number(value));
    case "number":
      return field === "systemSizeKw"
        ? `${formatKw(Number(value))} DC`
        : [Number(value).toLocaleString("en-US"), spec.unit].filter(Boolean).join(" ");
    case "day":
      return formatDay(String(value));
    case "choice":
      return spec.names[value] ?? String(value);
    case "text":
      return String(value);
  }
}

/** A value as its input holds it. */
export function typedDetail(field: DetailField, value: Value): string {
  if (value === undefined) return "";
  return DETAILS[field].kind === "dollars" ? String(Number(value) / 100) : String(value);
}

/** What was typed as the project keeps it: null for nothing, NaN for what is no number. */
export function parsedDetail(field: DetailField, typed: string): string | number | null {
  const text = typed.trim();
  if (text === "") return null;
  const { kind } = DETAILS[field];
  if (kind !== "number" && kind !== "dollars") return text;
  const number = Number(text.replaceAll(/[$,\s]/g, ""));
  return kind === "dollars" ? Math.round(number * 100) : number;
}
