import type { GenericValidator } from "convex/values";
import type { TableNames } from "../_generated/dataModel";
import schema from "../schema";

/** An id inside a row: where it stands and the table it names. */
export type Reference = { path: string; table: string; id: string };

/**
 * Every id that a value of this type holds: nested objects, arrays, records and unions
 * included. What does not fit the type is passed over; Convex itself refuses it afterwards.
 */
export function referencesOf(validator: GenericValidator, value: unknown): Reference[] {
  return [...walk(validator, value, "")];
}

/** Every id that a row of the schema (or a part of one, as a patch carries) holds. */
export function referencesIn(table: TableNames, value: Record<string, unknown>): Reference[] {
  return referencesOf(schema.tables[table].validator, value);
}

function* walk(validator: GenericValidator, value: unknown, path: string): Generator<Reference> {
  switch (validator.kind) {
    case "id":
      if (typeof value === "string") yield { path, table: validator.tableName, id: value };
      return;
    case "object":
      for (const [name, each] of entriesOf(value)) {
        const field = (validator.fields as Record<string, GenericValidator>)[name];
        if (field) yield* walk(field, each, join(path, name));
      }
      return;
    case "array":
      if (!Array.isArray(value)) return;
      for (const [index, each] of value.entries()) {
        yield* walk(validator.element, each, `${path}[${index}]`);
      }
      return;
    case "record":
      for (const [key, each] of entriesOf(value)) {
        yield* walk(validator.key, key, join(path, key));
        yield* walk(validator.value, each, join(path, key));
      }
      return;
    case "union":
      for (const member of validator.members as GenericValidator[]) {
        yield* walk(member, value, path);
      }
  }
}

/** Own fields only, as Convex stores them. */
function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null ? Object.entries(value) : [];
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
