import { ORGANIZATION_KIND_NAMES, ORGANIZATION_KINDS } from "@/lib/contacts";

/** The kinds of organizations as a select shows them. */
export const KIND_CHOICES = ORGANIZATION_KINDS.map((kind) => ({
  value: kind as string,
  label: ORGANIZATION_KIND_NAMES[kind],
}));
