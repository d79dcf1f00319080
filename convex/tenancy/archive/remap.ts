import type { GenericValidator } from "convex/values";
import schema from "../../schema";
import { referencesIn } from "../references";
import type { TenantTable } from "../tables";
import { MEMBERS_AS_TEXT } from "./tables";

/** A row as an archive holds it, or as it is to be written. */
export type ArchivedRow = Record<string, unknown>;

/** Stands for a value that cannot be without an id that nobody knows. */
const LOST = Symbol("lost");

/** Every id of other rows and of stored files that a row of an archive holds. */
export function idsOfRow(table: TenantTable, row: ArchivedRow): string[] {
  const typed = referencesIn(table, row).filter(({ path }) => path !== "tenantId");
  const asText = (MEMBERS_AS_TEXT[table] ?? []).map((field) => row[field]);
  const texts = asText.filter((each) => typeof each === "string");
  return [...new Set([...typed.map(({ id }) => id), ...texts])];
}

/**
 * The row's own fields with the ids that took the place of the archive's. Where one is not known,
 * what holds it is left out if it may be (an optional field, an item of a list); null when the row
 * cannot be without it.
 */
export function withIds(
  table: TenantTable,
  { _id, _creationTime, tenantId, ...row }: ArchivedRow,
  known: ReadonlyMap<string, string>,
): ArchivedRow | null {
  const fields = { ...schema.tables[table].validator.fields } as Record<string, GenericValidator>;
  delete fields.tenantId;
  const mapped = ofObject(fields, row, known);
  if (mapped === LOST) return null;
  for (const field of MEMBERS_AS_TEXT[table] ?? []) {
    const text = mapped[field];
    if (typeof text === "string") mapped[field] = known.get(text) ?? text;
  }
  return mapped;
}

function mappedValue(
  type: GenericValidator,
  value: unknown,
  known: ReadonlyMap<string, string>,
): unknown {
  switch (type.kind) {
    case "id":
      return known.get(value as string) ?? LOST;
    case "object":
      return ofObject(type.fields as Record<string, GenericValidator>, value, known);
    case "array": {
      if (!Array.isArray(value)) return value;
      const items = value.map((each: unknown) => mappedValue(type.element, each, known));
      return items.filter((each) => each !== LOST);
    }
    case "record":
      return Object.fromEntries(
        Object.entries(value as object)
          .map(([key, each]) => [
            mappedValue(type.key, key, known) as string,
            mappedValue(type.value, each, known),
          ])
          .filter((entry) => !entry.includes(LOST)),
      );
    case "union": {
      const member = memberFor(type.members as GenericValidator[], value);
      return member === undefined ? value : mappedValue(member, value, known);
    }
    default:
      return value;
  }
}

function ofObject(
  fields: Record<string, GenericValidator>,
  value: unknown,
  known: ReadonlyMap<string, string>,
): ArchivedRow | typeof LOST {
  const mapped: ArchivedRow = {};
  for (const [name, each] of Object.entries(value as object)) {
    const type = fields[name];
    const result = type ? mappedValue(type, each, known) : (each as unknown);
    if (result !== LOST) mapped[name] = result;
    else if (type?.isOptional !== "optional") return LOST;
  }
  return mapped;
}

/** The member of a union that a value is of: of objects the one with its fields and literals. */
function memberFor(members: GenericValidator[], value: unknown): GenericValidator | undefined {
  return members.find((member) => {
    if (member.kind === "object") return isOfObject(member, value);
    if (member.kind === "literal") return member.value === value;
    if (member.kind === "id" || member.kind === "string") return typeof value === "string";
    return member.kind === "array" && Array.isArray(value);
  });
}

function isOfObject(type: Extract<GenericValidator, { kind: "object" }>, value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const fields = type.fields as Record<string, GenericValidator>;
  return (
    Object.keys(value).every((name) => Object.hasOwn(fields, name)) &&
    Object.entries(fields).every(([name, field]) => {
      const own = (value as ArchivedRow)[name];
      if (own === undefined) return field.isOptional === "optional";
      return field.kind !== "literal" || field.value === own;
    })
  );
}
