/**
 * Writes a snapshot as `npx convex export` does: a ZIP with `_tables/documents.jsonl`, one
 * `documents.jsonl` per table and, if asked for, the stored files; components below `_components/`.
 * All of it is as of one commit.
 */
import { createWriteStream, type WriteStream } from "node:fs";
import { once } from "node:events";
import { Zip, ZipDeflate } from "fflate";
import type { Files } from "../files.ts";
import type { DocJson, Snapshot, Store } from "../store/types.ts";
import { toLine } from "./format.ts";

const CHUNK_BYTES = 64 * 1024;
const README = "A snapshot of a Convex deployment: `npx convex import` takes it in.\n";

export type ExportOptions = { store: Store; files: Files; file: string; includeStorage: boolean };

/** Gives the commit that the snapshot shows. */
export async function exportSnapshot(options: ExportOptions): Promise<bigint> {
  const { store, files, includeStorage } = options;
  await store.durable();
  const tx = store.snapshot({ limits: false });
  const zip = new ZipFile(options.file);
  try {
    await zip.entry("README.md", [README]);
    const tables = [...tx.tables()].sort((a, b) => a.number - b.number);
    for (const component of new Set(["", ...tables.map((table) => table.component)])) {
      const prefix = pathOf(component);
      const own = tables.filter(
        (each) => each.component === component && !each.name.startsWith("_"),
      );
      const list = own.map(
        ({ name, number }) => `{"name":${JSON.stringify(name)},"id":${number}}\n`,
      );
      await zip.entry(`${prefix}_tables/documents.jsonl`, list);
      if (includeStorage) await exportFiles(zip, prefix, tx, files, component, store);
      for (const { name } of own) {
        await zip.entry(`${prefix}${name}/documents.jsonl`, lines(tx, component, name, store));
        await zip.entry(`${prefix}${name}/generated_schema.jsonl`, ['"uniform"\n']);
      }
    }
    await zip.end();
    return tx.ts;
  } finally {
    tx.close();
    zip.close();
  }
}

/** "a/b" -> "_components/a/_components/b/" */
function pathOf(component: string): string {
  if (component === "") return "";
  return component
    .split("/")
    .map((name) => `_components/${name}/`)
    .join("");
}

async function* lines(tx: Snapshot, component: string, tableName: string, store: Store) {
  for await (const document of documents(tx, component, tableName, store)) {
    yield `${toLine(document)}\n`;
  }
}

async function* documents(
  tx: Snapshot,
  component: string,
  tableName: string,
  store: Store,
): AsyncGenerator<DocJson> {
  const source = { type: "FullTableScan", tableName, order: "asc" } as const;
  const stream = tx.query(component, { source, operators: [] });
  for (let next = stream.next(); next.value !== null; next = stream.next()) {
    yield next.value;
    await store.breathe();
  }
}

async function exportFiles(
  zip: ZipFile,
  prefix: string,
  tx: Snapshot,
  files: Files,
  component: string,
  store: Store,
): Promise<void> {
  const stored: DocJson[] = [];
  for await (const document of documents(tx, component, "_storage", store)) stored.push(document);
  // Sizes are floats in `_storage` and plain numbers in a snapshot's list of files.
  await zip.entry(
    `${prefix}_storage/documents.jsonl`,
    stored.map((document) => `${JSON.stringify(document)}\n`),
  );
  for (const { _id } of stored) {
    const blob = await files.readBlob(component, _id, tx);
    if (blob !== null) await zip.entry(`${prefix}_storage/${_id}`, blob.stream());
  }
}

/** A ZIP that is written as it comes. */
class ZipFile {
  readonly #target: WriteStream;
  readonly #zip: Zip;
  #failure: Error | null = null;

  constructor(file: string) {
    this.#target = createWriteStream(file);
    this.#target.on("error", (error) => (this.#failure = error));
    this.#zip = new Zip((error, chunk) => {
      if (error) this.#failure = error;
      else this.#target.write(chunk);
    });
  }

  /** Texts are gathered, since each push of a few bytes would cost a block of its own. */
  async entry(
    name: string,
    parts: Iterable<string> | AsyncIterable<string | Uint8Array>,
  ): Promise<void> {
    const entry = new ZipDeflate(name, { level: 3 });
    this.#zip.add(entry);
    let waiting: (string | Uint8Array)[] = [];
    let size = 0;
    const push = async (last: boolean) => {
      entry.push(Buffer.concat(waiting.map((part) => Buffer.from(part as string))), last);
      waiting = [];
      size = 0;
      if (this.#failure !== null) throw this.#failure;
      if (this.#target.writableNeedDrain) await once(this.#target, "drain");
    };
    for await (const part of parts) {
      waiting.push(part);
      size += part.length;
      if (size >= CHUNK_BYTES) await push(false);
    }
    await push(true);
  }

  async end(): Promise<void> {
    this.#zip.end();
    this.#target.end();
    await once(this.#target, "close");
    if (this.#failure !== null) throw this.#failure;
  }

  close(): void {
    this.#target.destroy();
  }
}
