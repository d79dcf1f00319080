import { formatCents, formatKw } from "@/lib/format";
import { FINANCING_NAMES, type Financing } from "@/lib/projects";

/** Fields of a project as its timeline names them. */
const FIELD_NAMES: Record<string, string> = {
  name: "Name",
  customerName: "Customer",
  customerEmail: "Customer’s e-mail",
  customerPhone: "Customer’s phone",
  siteAddress: "Site address",
  systemSizeKw: "System size",
  contractPriceCents: "Contract price",
  financing: "Financing",
  notes: "Notes",
};

export function fieldName(field: string): string {
  return FIELD_NAMES[field] ?? field;
}

/** A value before or after, as a person reads it. */
export function shownValue(field: string, value: string): string {
  if (value === "") return "nothing";
  if (field === "systemSizeKw") return formatKw(Number(value));
  if (field === "contractPriceCents") return formatCents(Number(value));
  if (field === "financing") return FINANCING_NAMES[value as Financing] ?? value;
  return value.length > 120 ? `${value.slice(0, 120)}…` : value;
}
