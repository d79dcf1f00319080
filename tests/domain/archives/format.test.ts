import { inflateRawSync } from "node:zlib";
import { unzipSync } from "fflate";
import fc from "fast-check";
import { expect, it } from "vitest";
import { crc32 } from "../../../lib/archive/checksums.ts";
import { joined, packed, PACKED_END, unpacked } from "../../../lib/archive/packing.ts";
import { tableNumberOf } from "../../../lib/archive/tableNumber.ts";
import {
  directory,
  directoryPlace,
  END_BYTES,
  entriesOf,
  entryHead,
  entryTail,
} from "../../../lib/archive/zip.ts";
import { encodeId } from "../../../local/convex/store/ids.ts";

const text = fc
  .array(fc.record({ _id: fc.uuid(), name: fc.string({ unit: "binary" }), n: fc.double() }), {
    maxLength: 3_000,
  })
  .map((rows) => Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join("")));

it("parts that are packed alone make one stream, and each can be read alone", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, fc.boolean()), { maxLength: 4 }), (parts) => {
      const packages = parts.map(([content, isText]) => packed(content, isText));
      const whole = inflateRawSync(joined([...packages, PACKED_END]));
      expect(Buffer.compare(whole, Buffer.concat(parts.map(([content]) => content)))).toBe(0);
      for (const [index, [content]] of parts.entries()) {
        expect(Buffer.compare(unpacked(packages[index]!, content.length), content)).toBe(0);
      }
    }),
    { numRuns: 60 },
  );
});

it("bytes of any kind come back when they are packed as a file", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200_000 }), (content) => {
      expect(Buffer.compare(unpacked(packed(content, false), content.length), content)).toBe(0);
    }),
    { numRuns: 30 },
  );
});

it("an archive is a ZIP that other programs open, and whose end says where everything is", () => {
  const chunks: Uint8Array[] = [];
  let at = 0;
  const push = (chunk: Uint8Array) => {
    chunks.push(chunk);
    at += chunk.length;
  };
  const contents = {
    "leads/documents.jsonl": "Lead\n".repeat(70_000),
    "_storage/é": "x",
    none: "",
  };
  const entries = Object.entries(contents).map(([path, content]) => {
    const offset = at;
    const bytes = Buffer.from(content);
    const middle = joined([...(content ? [packed(bytes, true)] : []), PACKED_END]);
    const entry = { path, offset, crc: crc32(bytes), packed: middle.length, size: bytes.length };
    for (const chunk of [entryHead(path), middle, entryTail(entry)]) push(chunk);
    return entry;
  });
  const begin = at;
  for (const chunk of directory(entries, begin)) push(chunk);
  const zip = joined(chunks);

  const found = Object.entries(unzipSync(zip)).map(([path, bytes]) => [
    path,
    `${Buffer.from(bytes)}`,
  ]);
  expect(found).toEqual(Object.entries(contents));
  const place = directoryPlace(zip.subarray(-END_BYTES))!;
  expect(place).toMatchObject({ offset: begin, count: 3 });
  expect(entriesOf(zip.subarray(place.offset, place.offset + place.size), 3)).toEqual(entries);
  expect(directoryPlace(zip.subarray(-END_BYTES - 1, -1))).toBeNull();
});

it("beyond 4 GiB the list of entries still says where each begins", () => {
  const far = { path: "far", offset: 2 ** 40 + 5, crc: 1, packed: 2, size: 0 };
  const bytes = joined(directory([far], far.offset + 100));
  const place = directoryPlace(bytes.subarray(-END_BYTES))!;
  expect(place.offset).toBe(far.offset + 100);
  expect(entriesOf(bytes.subarray(0, place.size), place.count)).toEqual([far]);
});

it("the CRC of parts is that of the whole", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.uint8Array(), (one, other) => {
      expect(crc32(other, crc32(one))).toBe(crc32(joined([one, other])));
    }),
  );
  expect(crc32(Buffer.from("123456789"))).toBe(0xcbf43926);
});

it("an id of Convex says the number of its table", () => {
  for (const tableNumber of [1, 127, 128, 10_001, 300_000]) {
    const id = encodeId({ tableNumber, internalId: new Uint8Array(16).fill(7) });
    expect(tableNumberOf(id)).toBe(tableNumber);
  }
  expect(tableNumberOf("10007;projects")).toBeNull();
});
