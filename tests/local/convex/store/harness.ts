/** Stores in folders of their own, and short ways to say what a test means. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openStore } from "../../../../local/convex/store/store.ts";
import type { SchemaDefinition, GenericSchema } from "convex/server";
import type { JSONValue } from "convex/values";
import type {
  DocJson,
  DocStream,
  FieldsJson,
  QueryJson,
  QueryOperatorJson,
  RangeExpressionJson,
  ReadTransaction,
  SchemaJson,
  Store,
  StoreOptions,
} from "../../../../local/convex/store/types.ts";

/** A folder that is removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "store-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** An empty store, closed when the test ends. */
export function emptyStore(options: Partial<StoreOptions> = {}): Store {
  const store = openStore({ file: join(temporaryFolder(), "data.db"), ...options });
  onTestFinished(() => store.close());
  return store;
}

/** An empty store whose root app has the schema. */
export async function storeWith(
  schema: SchemaDefinition<GenericSchema, boolean>,
  options: Partial<StoreOptions> = {},
): Promise<Store> {
  const store = emptyStore(options);
  await deploy(store, schema);
  return store;
}

export function deploy(
  store: Store,
  schema: SchemaDefinition<GenericSchema, boolean>,
): Promise<void> {
  return store.deploySchema([{ path: "", schema: exported(schema) }]);
}

/** What a deployment is given: the text that convex/server exports, parsed. */
export function exported(schema: SchemaDefinition<GenericSchema, boolean>): SchemaJson {
  return JSON.parse((schema as unknown as { export(): string }).export()) as SchemaJson;
}

/** A range over an index such as `notes.by_owner`. */
export function indexQuery(
  indexName: string,
  range: RangeExpressionJson[],
  order: "asc" | "desc" = "asc",
  operators: QueryOperatorJson[] = [],
): QueryJson {
  return { source: { type: "IndexRange", indexName, range, order }, operators };
}

export function scanQuery(tableName: string, operators: QueryOperatorJson[] = []): QueryJson {
  return { source: { type: "FullTableScan", tableName, order: null }, operators };
}

export function searchQuery(
  indexName: string,
  search: [field: string, text: string],
  equal: { [field: string]: JSONValue } = {},
): QueryJson {
  return {
    source: {
      type: "Search",
      indexName,
      filters: [
        { type: "Search", fieldPath: search[0], value: search[1] },
        ...Object.entries(equal).map(([fieldPath, value]) => ({
          type: "Eq" as const,
          fieldPath,
          value,
        })),
      ],
    },
    operators: [],
  };
}

export const eq = (fieldPath: string, value: JSONValue): RangeExpressionJson => ({
  type: "Eq",
  fieldPath,
  value,
});

export function drain(stream: DocStream): DocJson[] {
  const documents: DocJson[] = [];
  for (let step = stream.next(); !step.done; step = stream.next()) {
    documents.push(step.value as DocJson);
  }
  return documents;
}

/** Runs `read` on the latest commit. */
export function reading<T>(store: Store, read: (tx: ReadTransaction) => T): T {
  const tx = store.snapshot();
  try {
    return read(tx);
  } finally {
    tx.close();
  }
}

export async function insert(store: Store, table: string, fields: FieldsJson): Promise<string> {
  return (await store.mutate((tx) => tx.insert("", table, fields))).result;
}
