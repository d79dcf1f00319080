/**
 * File storage. The bytes of a file are a file in `dir`, named by an unguessable uuid; the rows in
 * `_storage` and FILES say that it exists. Bytes are on disk before the rows are committed and are
 * removed after the rows are, so that a row never lacks its bytes; what a crash leaves over is
 * removed at start-up.
 */
import { createHash, createHmac, randomUUID, timingSafeEqual } from "node:crypto";
import { createReadStream, createWriteStream, openAsBlob } from "node:fs";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { JSONValue } from "convex/values";
import { SyscallError } from "./runtime/errors.ts";
import type {
  DocJson,
  FieldsJson,
  ReadTransaction,
  Store,
  WriteTransaction,
} from "./store/types.ts";
import { FILES, findRow } from "./systemTables.ts";

export type FileOptions = {
  store: Store;
  dir: string;
  /** Signs upload tokens. */
  secret: string;
  /** Of the API, e.g. http://127.0.0.1:3210. */
  origin: string;
};
export type StoredFile = { file: string; size: number; contentType: string | null; sha256: string };
type FileRow = { storageId: string; component: string; uuid: string };

/** Convex's upload URLs are good for an hour. */
const UPLOAD_URL_LIFETIME_MS = 60 * 60_000;

export class Files {
  readonly #options: FileOptions;

  constructor(options: FileOptions) {
    this.#options = options;
  }

  /** Makes the folder and removes bytes that no row knows. */
  async start(): Promise<void> {
    const { dir, store } = this.#options;
    await mkdir(dir, { recursive: true });
    const tx = store.snapshot({ limits: false });
    try {
      for (const name of await readdir(dir)) {
        if (findRow<FileRow>(tx, `${FILES}.by_uuid`, { uuid: name }) === null)
          await rm(path.join(dir, name), { recursive: true });
      }
    } finally {
      tx.close();
    }
  }

  /** The address to download from, or null if there is no such file. */
  url(tx: ReadTransaction, component: string, storageId: string): string | null {
    const row = this.#row(tx, component, storageId);
    return row === null ? null : `${this.#options.origin}/api/storage/${row.uuid}`;
  }

  /** What the deprecated storage.getMetadata gives. */
  metadata(tx: ReadTransaction, component: string, storageId: string): JSONValue {
    const doc = this.#document(tx, component, storageId);
    if (doc === null) return null;
    const { contentType = null, size = null, sha256 } = doc;
    // In hex here, in base64 in `_storage`: so does Convex.
    const hex = Buffer.from(String(sha256), "base64").toString("hex");
    return { storageId, contentType, size, sha256: hex };
  }

  /** An address that takes one POST with the file as its body, and answers `{ storageId }`. */
  uploadUrl(component: string): string {
    const claim = Buffer.from(
      JSON.stringify({ component, expires: Date.now() + UPLOAD_URL_LIFETIME_MS }),
    );
    const payload = claim.toString("base64url");
    return `${this.#options.origin}/api/storage/upload?token=${payload}.${this.#sign(payload)}`;
  }

  /** The component that the token of an upload URL is for, or null if it is forged or too old. */
  checkToken(token: string): string | null {
    const [payload = "", signature = ""] = token.split(".");
    const expected = Buffer.from(this.#sign(payload));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const claim = JSON.parse(Buffer.from(payload, "base64url").toString()) as {
      component: string;
      expires: number;
    };
    return claim.expires > Date.now() ? claim.component : null;
  }

  /**
   * Stores `body` and gives its storage id.
   * @param expectedSha256 base64 or hex; another digest refuses the file.
   */
  async store(
    component: string,
    body: AsyncIterable<Uint8Array> | Readable,
    contentType: string | null,
    expectedSha256?: string,
  ): Promise<string> {
    const { uuid, size, digest } = await this.keep(body);
    const sha256 = digest.toString("base64");
    if (
      expectedSha256 !== undefined &&
      ![sha256, digest.toString("hex")].includes(expectedSha256)
    ) {
      await rm(this.#path(uuid), { force: true });
      throw new SyscallError("The file does not have the sha256 that was announced.");
    }
    const { result } = await this.#options.store.mutate((tx) => {
      const fields = { sha256, size, ...(contentType ? { contentType } : {}) };
      const storageId = tx.insert(component, "_storage", fields);
      tx.insert("", FILES, { storageId, component, uuid });
      return storageId;
    });
    return result;
  }

  /** Bytes on disk that no row names yet. */
  async keep(body: AsyncIterable<Uint8Array> | Readable) {
    const uuid = randomUUID();
    const { size, digest } = await this.#write(uuid, body);
    return { uuid, size, digest, forget: () => rm(this.#path(uuid), { force: true }) };
  }

  /** Names kept bytes by an imported row of `_storage`, whose id stays as it is. */
  register(tx: WriteTransaction, component: string, document: FieldsJson, uuid: string): void {
    const { _id, _creationTime, sha256, size, contentType } = document;
    const fields = {
      sha256: sha256 ?? "",
      size: size ?? 0,
      ...(contentType ? { contentType } : {}),
    };
    const storageId = tx.importDocument(component, "_storage", {
      ...{ _id: _id ?? null, _creationTime: _creationTime ?? null },
      ...fields,
    });
    tx.insert("", FILES, { storageId, component, uuid });
  }

  async storeBlob(component: string, blob: Blob, sha256?: string): Promise<string> {
    return await this.store(
      component,
      Readable.fromWeb(blob.stream() as never),
      blob.type || null,
      sha256,
    );
  }

  /** Null if there is no such file. */
  async readBlob(component: string, storageId: string, tx?: ReadTransaction): Promise<Blob | null> {
    const snapshot = tx ?? this.#options.store.snapshot();
    try {
      const row = this.#row(snapshot, component, storageId);
      if (row === null) return null;
      const type = this.#document(snapshot, component, storageId)?.contentType;
      return await openAsBlob(this.#path(row.uuid), typeof type === "string" ? { type } : {});
    } finally {
      if (tx === undefined) snapshot.close();
    }
  }

  /** Removes the rows; gives what removes the bytes, to be called after the commit. */
  delete(tx: WriteTransaction, component: string, storageId: string): () => void {
    const row = this.#row(tx, component, storageId);
    if (row === null) throw new SyscallError(`There is no stored file with the id "${storageId}".`);
    tx.remove(component, storageId);
    tx.remove("", row._id);
    // Bytes that cannot be removed now are removed at the next start.
    return () => void rm(this.#path(row.uuid), { force: true }).catch(() => undefined);
  }

  /** The file behind a download address. */
  find(uuid: string): StoredFile | null {
    const tx = this.#options.store.snapshot();
    try {
      const row = findRow<FileRow>(tx, `${FILES}.by_uuid`, { uuid });
      const doc = row && tx.get(row.component, row.storageId);
      if (!row || !doc) return null;
      return {
        file: this.#path(row.uuid),
        size: Number(doc.size),
        contentType: typeof doc.contentType === "string" ? doc.contentType : null,
        sha256: String(doc.sha256),
      };
    } finally {
      tx.close();
    }
  }

  /** Bytes `start` to `end` (included) of a stored file. */
  read({ file }: StoredFile, start: number, end: number): Readable {
    return createReadStream(file, { start, end });
  }

  #row(tx: ReadTransaction, component: string, storageId: string) {
    return findRow<FileRow>(tx, `${FILES}.by_storage_id`, { component, storageId });
  }

  #document(tx: ReadTransaction, component: string, storageId: string): DocJson | null {
    return tx.normalizeId(component, "_storage", storageId) === null
      ? null
      : tx.get(component, storageId);
  }

  #sign(payload: string): string {
    return createHmac("sha256", this.#options.secret).update(payload).digest("base64url");
  }

  #path(uuid: string): string {
    return path.join(this.#options.dir, uuid);
  }

  async #write(
    uuid: string,
    body: AsyncIterable<Uint8Array>,
  ): Promise<{ size: number; digest: Buffer }> {
    const partial = `${this.#path(uuid)}.part`;
    const hash = createHash("sha256");
    let size = 0;
    const measure = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        size += chunk.length;
        done(null, chunk);
      },
    });
    try {
      await pipeline(body, measure, createWriteStream(partial));
      const handle = await open(partial);
      await handle.sync();
      await handle.close();
      await rename(partial, this.#path(uuid));
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
    return { size, digest: hash.digest() };
  }
}
