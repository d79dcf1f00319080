/**
 * Takes in what `npx convex import` sends: a snapshot (ZIP), or one table as JSON lines, as a JSON list
 * or as CSV. Ids and creation times stay as they are, so that references hold; a table takes over the
 * number that its ids carry. All in one transaction: a line that does not fit changes nothing.
 */
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { unzipSync } from "fflate";
import type { JSONValue } from "convex/values";
import type { Files } from "../files.ts";
import type { FieldsJson, Store, WriteTransaction } from "../store/types.ts";
import { parseCsv } from "./csv.ts";
import { fromLine } from "./format.ts";

export type ImportMode = "requireEmpty" | "append" | "replace" | "replaceAll";
export type ImportRequest = {
  format: "zip" | "jsonLines" | "jsonArray" | "csv";
  tableName?: string;
  componentPath?: string;
  mode: ImportMode;
};
type Table = { component: string; name: string; number: number | null; documents: FieldsJson[] };
type StoredFile = { component: string; document: FieldsJson; bytes: Uint8Array };
export type Parsed = { tables: Table[]; files: StoredFile[] };

/** In words for the developer. */
export class ImportError extends Error {}

/** @throws ImportError */
export async function parseImport(file: string, request: ImportRequest): Promise<Parsed> {
  const bytes = await readFile(file);
  const { format, tableName, componentPath = "" } = request;
  if (format === "zip") return parseZip(bytes);
  if (tableName === undefined) throw new ImportError("A table is needed for this format.");
  if (tableName.startsWith("_")) throw new ImportError(`"${tableName}" is not a table of yours.`);
  const text = bytes.toString();
  const documents = {
    jsonLines: () => parseLines(text, tableName, false),
    jsonArray: () => parseList(text),
    csv: () => parseTable(text),
  }[format]();
  return {
    tables: [{ component: componentPath, name: tableName, number: null, documents }],
    files: [],
  };
}

/** Gives how many documents were written. */
export async function importParsed(
  store: Store,
  files: Files,
  { tables, files: stored }: Parsed,
  mode: ImportMode,
): Promise<number> {
  const kept: (() => Promise<void>)[] = [];
  try {
    const uuids = new Map<StoredFile, string>();
    for (const file of stored) {
      const { uuid, forget } = await files.keep(Readable.from([file.bytes]));
      kept.push(forget);
      uuids.set(file, uuid);
    }
    const { result } = await store.mutate(
      async (tx) => {
        await clear(tx, store, tables, mode);
        for (const { component, name, number } of tables) {
          if (number !== null) tx.importTable(component, name, number);
        }
        let written = 0;
        for (const file of stored) {
          files.register(tx, file.component, file.document, uuids.get(file)!);
        }
        for (const { component, name, documents } of tables) {
          for (const document of documents) {
            tx.importDocument(component, name, document);
            written++;
            await store.breathe();
          }
        }
        return written;
      },
      { limits: false },
    );
    return result;
  } catch (error) {
    for (const forget of kept) await forget();
    throw error;
  }
}

async function clear(
  tx: WriteTransaction,
  store: Store,
  tables: readonly Table[],
  mode: ImportMode,
): Promise<void> {
  const imported = new Set(tables.map(({ component, name }) => `${component};${name}`));
  for (const { component, name } of tx.tables()) {
    if (name.startsWith("_")) continue;
    const isImported = imported.has(`${component};${name}`);
    if (isImported && mode === "requireEmpty" && tx.count(component, name) > 0) {
      throw new ImportError(
        `Table "${name}" already exists. Please choose a new table name, replace the data with \`--replace\`, or append with \`--append\`.`,
      );
    }
    if (mode === "replaceAll" || (mode === "replace" && isImported)) {
      await empty(tx, store, component, name);
    }
  }
}

async function empty(tx: WriteTransaction, store: Store, component: string, tableName: string) {
  const source = { type: "FullTableScan", tableName, order: "asc" } as const;
  for (;;) {
    const stream = tx.query(component, { source, operators: [{ limit: 500 }] });
    const ids: string[] = [];
    for (let next = stream.next(); next.value !== null; next = stream.next())
      ids.push(next.value._id);
    if (ids.length === 0) return;
    for (const id of ids) {
      tx.remove(component, id);
      await store.breathe();
    }
  }
}

function parseZip(bytes: Uint8Array): Parsed {
  const entries = unzip(bytes);
  const tables: Table[] = [];
  const files: StoredFile[] = [];
  const numbers = new Map<string, number>();
  for (const [path, content] of entries) {
    const table = /^(.*\/)?([^/]+)\/documents\.jsonl$/.exec(path);
    if (table === null) continue;
    const component = componentOf(table[1] ?? "");
    const name = table[2]!;
    if (name === "_tables") {
      for (const line of parseLines(text(content), name, false)) {
        numbers.set(`${component};${String(line.name)}`, Number(line.id));
      }
    } else if (name === "_storage") {
      files.push(...storedFiles(entries, table[1] ?? "", component, text(content)));
    } else if (!name.startsWith("_")) {
      const schema = entries.get(`${table[1] ?? ""}${name}/generated_schema.jsonl`);
      const typed = schema !== undefined && text(schema).trim() === '"uniform"';
      const documents = parseLines(text(content), name, typed);
      tables.push({ component, name, number: null, documents });
    }
  }
  for (const table of tables) {
    table.number = numbers.get(`${table.component};${table.name}`) ?? null;
  }
  return { tables, files };
}

function* namesBelow(entries: ReadonlyMap<string, Uint8Array>, folder: string) {
  for (const path of entries.keys()) {
    if (path.startsWith(folder) && !path.endsWith("documents.jsonl")) yield path;
  }
}

/** Bytes without a line, and lines without bytes, are left out. */
function storedFiles(
  entries: ReadonlyMap<string, Uint8Array>,
  prefix: string,
  component: string,
  list: string,
): StoredFile[] {
  const folder = `${prefix}_storage/`;
  const found = new Map<string, Uint8Array>();
  for (const path of namesBelow(entries, folder)) {
    found.set(path.slice(folder.length).replace(/\..*$/, ""), entries.get(path)!);
  }
  return parseLines(list, "_storage", false).flatMap((document) => {
    const bytes = found.get(String(document._id));
    return bytes === undefined ? [] : [{ component, document, bytes }];
  });
}

/** Whatever folder the snapshot was packed in does not count. */
function componentOf(prefix: string): string {
  return [...prefix.matchAll(/_components\/([^/]+)\//g)].map(([, name]) => name).join("/");
}

function unzip(bytes: Uint8Array): Map<string, Uint8Array> {
  try {
    return new Map(Object.entries(unzipSync(bytes)));
  } catch {
    throw new ImportError("The file is not a ZIP.");
  }
}

function parseLines(lines: string, tableName: string, typed: boolean): FieldsJson[] {
  return lines.split("\n").flatMap((line, i) => {
    if (line.trim() === "") return [];
    let json: JSONValue;
    try {
      json = fromLine(line, typed);
    } catch (error) {
      throw new ImportError(
        `Line ${i + 1} of "${tableName}" is not JSON: ${(error as Error).message}`,
      );
    }
    return [fieldsOf(json)];
  });
}

function parseList(list: string): FieldsJson[] {
  let json: unknown;
  try {
    json = JSON.parse(list);
  } catch (error) {
    throw new ImportError(`The file is not JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(json)) throw new ImportError("The file is not a JSON list.");
  return (json as JSONValue[]).map(fieldsOf);
}

function parseTable(csv: string): FieldsJson[] {
  try {
    return parseCsv(csv);
  } catch (error) {
    throw new ImportError((error as Error).message);
  }
}

function fieldsOf(json: JSONValue): FieldsJson {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as FieldsJson;
  throw new ImportError(`A document must be an object, but one is ${JSON.stringify(json)}.`);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString();
}
