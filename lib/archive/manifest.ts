import { z } from "zod";
import { MAX_FILE_BYTES } from "../files.ts";

/** An archive says of itself what it holds, so that whoever restores it can check all of it first. */

export const ARCHIVE_FORMAT = "sunup-archive";
export const ARCHIVE_VERSION = 1;
export const MANIFEST_PATH = "manifest.json";

const count = z.number().int().nonnegative();
/** A part fits into memory. */
const small = count.max(16 * 1024 * 1024);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

const part = z.object({
  /** Where the part's packed bytes stand in the archive, and how many they are. */
  offset: count,
  packed: small,
  /** Of the part as it was. */
  size: small,
  sha256: digest,
});

const manifest = z.object({
  format: z.literal(ARCHIVE_FORMAT),
  version: z.literal(ARCHIVE_VERSION),
  /** Fingerprint of the tables: it says whether a deployment's tables are the same. */
  schema: digest,
  tenant: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
  /**
   * ISO 8601. Work went on meanwhile: a row stands here as it was at some moment between the two,
   * not all rows as of the same one.
   */
  from: z.string(),
  to: z.string(),
  /** Without tables that were empty. Lines of JSON. */
  tables: z.array(
    z.object({ name: z.string(), rows: count, parts: z.array(part.extend({ rows: count })) }),
  ),
  files: z.array(
    z.object({
      /** Its id in storage, as rows refer to it. */
      id: z.string(),
      contentType: z.string(),
      size: count.max(MAX_FILE_BYTES),
      sha256: digest,
      parts: z.array(part),
    }),
  ),
});
export type Manifest = z.infer<typeof manifest>;
export type ManifestPart = z.infer<typeof part>;

/** The manifest in a text, or null when it is none of this version. */
export function manifestIn(text: string): Manifest | null {
  try {
    const read = manifest.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
