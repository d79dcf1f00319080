/**
 * The frame of a ZIP that is written front to back and is never seen whole: what stands before an
 * entry, behind it, and at the end (APPNOTE 6.3.3). Entries are DEFLATE with their sizes behind
 * them; an entry has less than 4 GiB, the archive as much as it needs (ZIP64).
 */

/** An entry that is complete. Numbers in bytes. */
export type ZipEntry = {
  path: string;
  /** Where it begins in the archive. */
  offset: number;
  crc: number;
  packed: number;
  size: number;
};

const VERSION = 45;
/** Sizes and checksum stand behind the entry; its name is UTF-8. */
const FLAGS = 0x0808;
const DEFLATED = 8;
/** January 1, 1980: an archive says in its manifest when it was made. */
const DOS_DATE = 0x21;
const MOST_32 = 0xffffffff;
const MOST_16 = 0xffff;

export function entryHead(path: string): Uint8Array {
  const name = new TextEncoder().encode(path);
  const fields = [[4, 0x04034b50], ...common(0, 0, 0), [2, name.length], [2, 0]] as Field[];
  return withText(fields, name);
}

export function entryTail({ crc, packed, size }: Omit<ZipEntry, "path" | "offset">): Uint8Array {
  if (packed > MOST_32 || size > MOST_32) throw new Error("An entry of a ZIP has 4 GiB at most.");
  return written([
    [4, 0x08074b50],
    [4, crc],
    [4, packed],
    [4, size],
  ]);
}

/** What ends the archive: the list of its entries, which begins at `offset`. */
export function directory(entries: readonly ZipEntry[], offset: number): Uint8Array[] {
  const records = entries.map(directoryRecord);
  const size = records.reduce((sum, { length }) => sum + length, 0);
  const count = entries.length;
  const end64 = offset + size;
  return [
    ...records,
    written([
      ...([
        [4, 0x06064b50],
        [8, 44],
        [2, VERSION],
        [2, VERSION],
      ] as Field[]),
      ...([
        [4, 0],
        [4, 0],
        [8, count],
        [8, count],
        [8, size],
        [8, offset],
      ] as Field[]),
      // Where the record above stands.
      ...([
        [4, 0x07064b50],
        [4, 0],
        [8, end64],
        [4, 1],
      ] as Field[]),
      ...([
        [4, 0x06054b50],
        [2, 0],
        [2, 0],
      ] as Field[]),
      ...([
        [2, Math.min(count, MOST_16)],
        [2, Math.min(count, MOST_16)],
      ] as Field[]),
      ...([
        [4, Math.min(size, MOST_32)],
        [4, Math.min(offset, MOST_32)],
        [2, 0],
      ] as Field[]),
    ]),
  ];
}

/** Bytes at the end of an archive within which its directory is named. */
export const END_BYTES = 98;

/** Where the directory stands, from the archive's last END_BYTES; null when this is no end of ours. */
export function directoryPlace(
  end: Uint8Array,
): { offset: number; size: number; count: number } | null {
  if (end.length !== END_BYTES) return null;
  const view = new DataView(end.buffer, end.byteOffset, end.byteLength);
  if (view.getUint32(0, true) !== 0x06064b50 || view.getUint32(76, true) !== 0x06054b50)
    return null;
  const [count, size, offset] = [32, 40, 48].map((at) => Number(view.getBigUint64(at, true)));
  return { offset: offset!, size: size!, count: count! };
}

/** The entries of a directory. Throws when it is none. */
export function entriesOf(bytes: Uint8Array, count: number): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (view.getUint32(at, true) !== 0x02014b50) throw new Error("The directory is damaged.");
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const name = at + 46;
    entries.push({
      path: new TextDecoder().decode(bytes.subarray(name, name + nameLength)),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      // Every record has the ZIP64 field with the offset alone, behind its head of four bytes.
      offset: Number(view.getBigUint64(name + nameLength + 4, true)),
    });
    at = name + nameLength + extraLength;
  }
  if (at !== bytes.length) throw new Error("The directory is damaged.");
  return entries;
}

function directoryRecord({ path, offset, crc, packed, size }: ZipEntry): Uint8Array {
  const name = new TextEncoder().encode(path);
  const fields = [
    ...[[4, 0x02014b50], [2, VERSION], ...common(crc, packed, size)],
    ...[
      [2, name.length],
      [2, 12],
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, MOST_32],
    ],
  ] as Field[];
  const zip64: Field[] = [
    [2, 1],
    [2, 8],
    [8, offset],
  ];
  const extra = written(zip64);
  const record = withText(fields, name);
  const whole = new Uint8Array(record.length + extra.length);
  whole.set(record);
  whole.set(extra, record.length);
  return whole;
}

/** How many bytes, and the number in them, least significant first. */
type Field = [bytes: 2 | 4 | 8, value: number];

function common(crc: number, packed: number, size: number): Field[] {
  const what: Field[] = [
    [2, VERSION],
    [2, FLAGS],
    [2, DEFLATED],
    [2, 0],
    [2, DOS_DATE],
  ];
  return [...what, [4, crc], [4, packed], [4, size]];
}

function withText(fields: Field[], text: Uint8Array): Uint8Array {
  const head = written(fields);
  const whole = new Uint8Array(head.length + text.length);
  whole.set(head);
  whole.set(text, head.length);
  return whole;
}

function written(fields: readonly Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [length]) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [length, value] of fields) {
    if (length === 2) view.setUint16(at, value, true);
    else if (length === 4) view.setUint32(at, value, true);
    else view.setBigUint64(at, BigInt(value), true);
    at += length;
  }
  return bytes;
}
