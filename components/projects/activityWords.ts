import { formatCents } from "@/lib/format";
import { type DetailField, DETAILS, shownDetail } from "./details/detailFields";

/** Fields that the timeline knows beside the details. */
const OTHERS: Record<string, string> = {
  customerName: "Customer",
  contact: "Contact",
  notes: "About the job",
  owner: "Owner",
  crew: "Crew",
  taskTitle: "Task",
  dueDay: "Due",
  assignee: "Assigned to",
  ahj: "AHJ",
  utility: "Utility",
  title: "Name",
  authority: "Authority",
  referenceNumber: "Number",
  feeCents: "Fee",
  name: "Name",
  kind: "Kind",
  when: "When",
  note: "Note",
};

/** A field of a project as its timeline names it. */
export function fieldName(field: string): string {
  return OTHERS[field] ?? (isDetail(field) ? DETAILS[field].label : field);
}

/** A value before or after, as a person reads it; empty text for none. */
export function shownValue(field: string, value: string): string {
  if (value === "") return "";
  if (field === "feeCents") return formatCents(Number(value));
  return isDetail(field) ? (shownDetail(field, value) ?? value) : value;
}

function isDetail(field: string): field is DetailField {
  return Object.hasOwn(DETAILS, field);
}
