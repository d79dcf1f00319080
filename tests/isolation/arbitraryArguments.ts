import fc from "fast-check";
import type { Json } from "./functions.ts";

/** Ids to try where an id of this table is asked for. */
export type IdsOf = (table: string) => readonly string[];

/**
 * Arguments of a declared type, with nothing but the given ids where an id goes. Texts may be
 * ids too: a function that takes its ids as texts is attacked as well.
 */
export function argumentsOf(type: Json, idsOf: IdsOf, tables: readonly string[]) {
  const anyId = fc.constantFrom(...tables.flatMap((table) => idsOf(table)));

  function of(each: Json): fc.Arbitrary<unknown> {
    switch (each.type) {
      case "object": {
        const fields = Object.entries(each.value);
        return fc.record(
          Object.fromEntries(fields.map(([name, { fieldType }]) => [name, of(fieldType)])),
          { requiredKeys: fields.filter(([, field]) => !field.optional).map(([name]) => name) },
        );
      }
      case "array":
        return fc.array(of(each.value), { maxLength: 3 });
      case "record":
        return fc.dictionary(of(each.keys) as fc.Arbitrary<string>, of(each.values.fieldType), {
          maxKeys: 3,
        });
      case "union":
        return fc.oneof(...each.value.map(of));
      case "literal":
        return fc.constant(each.value);
      case "id":
        return fc.constantFrom(...idsOf(each.tableName));
      case "string":
        return fc.oneof(anyId, fc.constantFrom(...tables), fc.string({ maxLength: 12 }));
      case "number":
        return fc.nat({ max: 20 });
      case "bigint":
        return fc.nat({ max: 20 }).map(BigInt);
      case "boolean":
        return fc.boolean();
      case "bytes":
        return fc.uint8Array({ maxLength: 4 }).map(({ buffer }) => buffer);
      case "any":
        return fc.oneof(fc.dictionary(fc.string({ maxLength: 5 }), anyId), fc.constant({}), anyId);
      case "null":
        return fc.constant(null);
    }
  }
  return of(type) as fc.Arbitrary<Record<string, unknown>>;
}
