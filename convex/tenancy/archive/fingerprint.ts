import { digestOf } from "../../../lib/digest";
import schema from "../../schema";
import { BY_REFERENCE } from "./tables";

/** Says whether two deployments keep a company's rows in the same way: a digest of the archived tables. */
export async function schemaFingerprint(): Promise<string> {
  const types = [...BY_REFERENCE].sort().map((table) => [table, typeOf(table)]);
  return await digestOf(JSON.stringify(sorted(types)));
}

/** The declared type, as Convex itself exports it; its own types keep that private. */
function typeOf(table: (typeof BY_REFERENCE)[number]): unknown {
  const { validator } = schema.tables[table];
  return (validator as unknown as { json: unknown }).json;
}

/** The same value with the fields of objects in alphabetical order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, each]) => [name, sorted(each)]));
}
