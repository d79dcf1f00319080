/**
 * Exports and imports of whole snapshots, as the CLI asks for them. They are done when the request that
 * starts them is answered; what the CLI then asks about their state is answered from memory.
 */
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { randomUUID } from "node:crypto";
import { pipeline } from "node:stream/promises";
import type { Readable } from "node:stream";
import type { JSONValue } from "convex/values";
import type { Files } from "../files.ts";
import { int64ToJson } from "../store/base64.ts";
import { StoreError } from "../store/errors.ts";
import type { Store } from "../store/types.ts";
import { exportSnapshot } from "./export.ts";
import {
  ImportError,
  importParsed,
  parseImport,
  type ImportRequest,
  type Parsed,
} from "./import.ts";

type ImportState =
  | { state: "waiting_for_confirmation"; message_to_confirm: string }
  | { state: "completed"; num_rows_written: JSONValue }
  | { state: "failed"; error_message: string };
type Import = { state: ImportState; parsed: Parsed | null; request: ImportRequest };

export class Snapshots {
  readonly #store: Store;
  readonly #files: Files;
  readonly #dir: string;
  readonly #imports = new Map<string, Import>();
  readonly #uploads = new Set<string>();
  #latestExport: bigint | null = null;

  constructor(store: Store, files: Files, dir: string) {
    this.#store = store;
    this.#files = files;
    this.#dir = dir;
  }

  /** Writes a snapshot, in place of the one before. */
  async export(includeStorage: boolean): Promise<void> {
    await this.#emptyFolder();
    const file = path.join(this.#dir, "export.zip");
    const options = { store: this.#store, files: this.#files, file, includeStorage };
    this.#latestExport = await exportSnapshot(options);
  }

  /** The file of the snapshot at `ts`, or null if it is not there (any more). */
  exported(ts: string): string | null {
    if (this.#latestExport?.toString() !== ts) return null;
    return path.join(this.#dir, "export.zip");
  }

  /** What the CLI asks for as _system/cli/exports:getLatest. */
  latestExport(): JSONValue {
    if (this.#latestExport === null) return null;
    const ts = int64ToJson(this.#latestExport);
    return { state: "completed", start_ts: ts, complete_ts: ts, zip_object_key: "local" };
  }

  /** A token for the parts of one upload. */
  async startUpload(): Promise<string> {
    await mkdir(this.#dir, { recursive: true });
    const token = randomUUID();
    this.#uploads.add(token);
    return token;
  }

  /** Parts come one after another. False when the token is not known. */
  async uploadPart(token: string, body: Readable): Promise<boolean> {
    if (!this.#uploads.has(token)) return false;
    await pipeline(body, createWriteStream(this.#upload(token), { flags: "a" }));
    return true;
  }

  /** Reads what was uploaded; gives the id of the import, which waits to be confirmed. */
  async finishUpload(token: string, request: ImportRequest): Promise<string> {
    const id = randomUUID();
    if (!this.#uploads.delete(token)) throw new ImportError("There is no such upload.");
    try {
      const parsed = await parseImport(this.#upload(token), request);
      const message_to_confirm = summaryOf(parsed, request);
      const state = { state: "waiting_for_confirmation", message_to_confirm } as const;
      this.#imports.set(id, { state, parsed, request });
    } catch (error) {
      this.#imports.set(id, { state: failed(error), parsed: null, request });
    } finally {
      await rm(this.#upload(token), { force: true });
    }
    return id;
  }

  /** False when there is no such import that waits. */
  async perform(id: string): Promise<boolean> {
    const found = this.#imports.get(id);
    if (found?.parsed == null) return false;
    const { parsed, request } = found;
    found.parsed = null;
    try {
      const written = await importParsed(this.#store, this.#files, parsed, request.mode);
      found.state = { state: "completed", num_rows_written: int64ToJson(BigInt(written)) };
    } catch (error) {
      found.state = failed(error);
    }
    return true;
  }

  /** What the CLI asks for as _system/cli/queryImport. */
  importState(id: string): JSONValue {
    const found = this.#imports.get(id);
    return found === undefined ? null : { state: found.state };
  }

  #upload(token: string): string {
    return path.join(this.#dir, `upload-${token}`);
  }

  async #emptyFolder(): Promise<void> {
    if (this.#uploads.size === 0) await rm(this.#dir, { recursive: true, force: true });
    await mkdir(this.#dir, { recursive: true });
  }
}

function summaryOf({ tables, files }: Parsed, { mode }: ImportRequest): string {
  const lines = tables.map(
    ({ component, name, documents }) =>
      `  ${component === "" ? name : `${component}: ${name}`}: ${documents.length} documents`,
  );
  if (files.length > 0) lines.push(`  _storage: ${files.length} files`);
  const verb = { requireEmpty: "create", append: "add to", replace: "replace" };
  const what = mode === "replaceAll" ? "replace all tables by" : verb[mode];
  return `This import will ${what} these tables:\n${lines.join("\n")}`;
}

/** What is not about the data is the engine's fault and not to be told as an import's. */
function failed(error: unknown): ImportState {
  if (!(error instanceof ImportError) && !(error instanceof StoreError)) throw error;
  return { state: "failed", error_message: error.message };
}
