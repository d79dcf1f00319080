import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { readLeadFile } from "../../components/leadImport/readLeadFile.ts";
import { api } from "../../convex/_generated/api.js";
import type { Id } from "../../convex/_generated/dataModel.js";
import { guessMapping, leadOfRow, MAX_IMPORT_BYTES } from "../../lib/leadImport.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

const FINGERPRINT = "ef".repeat(32);
const page = { paginationOpts: { numItems: 200, cursor: null } };

let t: Backend;
let north: TestTenant;
let south: TestTenant;

const lead = (name: string, email = "", phone = "") => ({
  ...{ name, email, phone, address: "", notes: "" },
});
const start = (rows: number, duplicates: "skip" | "update" = "skip", tenant = north) =>
  tenant.as.mutation(api.leadImports.start, {
    ...{ fileName: "fair.csv", fingerprint: FINGERPRINT, rows, duplicates },
    ...{ mapping: ["name" as const], campaignId: tenant.campaignId },
  });
const send = (importId: Id<"leadImports">, from: number, rows: ReturnType<typeof lead>[]) =>
  north.as.mutation(api.leadImports.addRows, { importId, from, rows });
const imported = async (tenant = north) =>
  (await tenant.as.query(api.leads.list, page)).page
    .filter(({ source }) => source === "import")
    .map(({ name }) => name)
    .reverse();

describe("an import of leads", () => {
  beforeEach(async () => {
    t = backend();
    north = await signUp(t, "north");
    south = await signUp(t, "south");
  });

  it("takes in good rows, keeps the problems of others, and counts both", async () => {
    const importId = await start(4);
    const rows = [lead("Ana", "a@x.test"), lead(""), lead("Bo", "nonsense"), lead("Cy")];
    expect(await send(importId, 0, rows)).toEqual({ nextRow: 4, status: "done" });
    expect(await imported()).toEqual(["Ana", "Cy"]);
    const { page: problems } = await north.as.query(api.leadImports.problems, {
      ...page,
      importId,
    });
    expect(problems.map(({ line, lead: { name } }) => [line, name])).toEqual([
      [3, ""],
      [4, "Bo"],
    ]);
    expect(await north.as.query(api.leadImports.get, { importId })).toMatchObject({
      ...{ created: 2, failed: 2, skipped: 0, updated: 0 },
    });
    expect(await imported(south)).toEqual([]);
  });

  it("skips a row whose address or number is there, or updates that lead", async () => {
    const rows = [lead("Again", "LEAD@north.test", "512-555-0177"), lead("Same", "", "5125550177")];
    await send(await start(2, "skip"), 0, rows);
    expect(await imported()).toEqual(["Same"]);
    const { page: before } = await north.as.query(api.leads.list, page);
    await send(await start(2, "update"), 0, rows);
    const after = (await north.as.query(api.leads.list, page)).page;
    expect(after.map(({ name }) => name).sort()).toEqual(["Again", "Same"]);
    expect(after).toHaveLength(before.length);
  });

  it("stops exactly at the plan's limit, and goes on when there is room", async () => {
    await t.run((ctx) => ctx.db.patch("tenants", north.tenantId, { plan: "starter" }));
    const importId = await start(60);
    const { used } = await north.as.query(api.leads.allowance, {});
    const rows = Array.from({ length: 60 }, (_, i) => lead(`Lead ${i}`));
    const fits = 50 - used;
    expect(await send(importId, 0, rows)).toEqual({ nextRow: fits, status: "full" });
    expect(await imported()).toHaveLength(fits);
    expect(await send(importId, fits, rows.slice(fits))).toEqual({ nextRow: fits, status: "full" });
    await t.run((ctx) => ctx.db.patch("tenants", north.tenantId, { plan: "pro" }));
    expect(await send(importId, fits, rows.slice(fits))).toEqual({ nextRow: 60, status: "done" });
    expect(await imported()).toHaveLength(60);
    expect((await north.as.query(api.leads.allowance, {})).used).toBe(used + 60);
  });

  it("is one import for two tabs, until it is cancelled", async () => {
    const [first, second] = await Promise.all([start(3), start(3)]);
    expect(second).toBe(first);
    await Promise.all([send(first!, 0, [lead("A"), lead("B")]), send(first!, 0, [lead("A")])]);
    expect(await imported()).toEqual(["A", "B"]);
    await north.as.mutation(api.leadImports.cancel, { importId: first! });
    expect(await send(first!, 2, [lead("C")])).toEqual({ nextRow: 2, status: "cancelled" });
    expect(await imported()).toEqual(["A", "B"]);
    expect(await start(3)).not.toBe(first);
    expect(await start(3, "skip", south)).not.toBe(first);
  });

  it("refuses what no browser of ours sends, and nothing changes", async () => {
    const importId = await start(2);
    const tooMany = Array.from({ length: 101 }, () => lead("X"));
    for (const [from, rows] of [
      [0, tooMany],
      [-1, [lead("X")]],
      [0.5, [lead("X")]],
      [1, [lead("X"), lead("Y")]],
    ] as const) {
      const refused = send(importId, from, [...rows]);
      await expect(refused).rejects.toMatchObject({ data: { code: "INVALID" } });
    }
    await expect(send(south.importId, 1, [lead("X")])).rejects.toMatchObject({
      data: { code: "NOT_FOUND" },
    });
    expect(await imported()).toEqual([]);
    for (const rows of [0, 20_001, 1.5]) {
      await expect(start(rows)).rejects.toMatchObject({ data: { code: "INVALID" } });
    }
  });
});

it("whatever is sent again, out of order or at once, each row of an import is taken in once", async () => {
  const rows = Array.from({ length: 12 }, (_, i) => lead(`Lead ${i}`, `lead${i}@x.test`));
  const batch = fc.record({ from: fc.nat(11), count: fc.integer({ min: 1, max: 6 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(batch, { maxLength: 12 }), async (batches) => {
      t = backend();
      north = await signUp(t, "north");
      const importId = await start(rows.length);
      for (const { from, count } of batches) {
        const before = await north.as.query(api.leadImports.get, { importId });
        const part = rows.slice(from, from + count);
        const { nextRow } = await send(importId, from, part);
        const reached = from > before.nextRow ? 0 : from + part.length;
        expect(nextRow).toBe(Math.max(before.nextRow, reached));
        expect(await imported()).toEqual(rows.slice(0, nextRow).map(({ name }) => name));
      }
      const { nextRow } = await north.as.query(api.leadImports.get, { importId });
      await send(importId, nextRow, rows.slice(nextRow));
      expect(await imported()).toEqual(rows.map(({ name }) => name));
    }),
    { numRuns: 8 },
  );
});

describe("a file", () => {
  const file = (bytes: BlobPart) => new File([bytes], "fair.csv");
  const read = async (bytes: BlobPart) => {
    const { headings, rows } = await readLeadFile(file(bytes));
    return [headings, ...rows];
  };

  it.each<[string, BlobPart]>([
    ["UTF-8", 'Name,Note\nZoë,"a\nb"\n'],
    ["UTF-8 with a mark", '\uFEFFName,Note\nZoë,"a\nb"\n'],
    ["semicolons and Windows line ends", 'Name;Note\r\nZoë;"a\nb"\r\n\r\n;\r\n'],
    ["tabs", 'Name\tNote\nZoë\t"a\nb"'],
    ["Windows-1252", new Uint8Array([...'Name,Note\nZo\u00eb,"a\nb"'].map((c) => c.charCodeAt(0)))],
    ["UTF-16", new Uint8Array(Buffer.from('\uFEFFName,Note\nZoë,"a\nb"', "utf16le"))],
  ])("in %s is read", async (_kind, bytes) => {
    expect(await read(bytes)).toEqual([
      ["Name", "Note"],
      ["Zoë", "a\nb"],
    ]);
  });

  it("of 20,000 rows is read whole, and of one more refused", async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `Lead ${i},lead${i}@x.test`);
    const { rows } = await readLeadFile(file(["Name,Mail", ...lines].join("\n")));
    expect(rows).toHaveLength(20_000);
    expect(rows[19_999]).toEqual(["Lead 19999", "lead19999@x.test"]);
    const more = ["Name,Mail", ...lines, "One more,"].join("\n");
    await expect(readLeadFile(file(more))).rejects.toThrow("more than 20,000 rows");
  });

  it.each<[string, BlobPart, string]>([
    ["is empty", "", "empty"],
    ["has headings only", "Name,Mail\n", "no rows"],
    ["is a picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]), "not a CSV file"],
    ["is too large", new Uint8Array(MAX_IMPORT_BYTES + 1), "larger than 20 MB"],
  ])("that %s is refused", async (_what, bytes, words) => {
    await expect(readLeadFile(file(bytes))).rejects.toThrow(words);
  });

  it("has its columns guessed, and names and addresses put together", () => {
    const headings = [
      "First Name",
      "LAST_NAME",
      "E-Mail",
      "Mobile",
      "Street",
      "City",
      "State",
      "Zip",
    ];
    const mapping = guessMapping([...headings, "Score", "email address"]);
    expect(mapping).toEqual([
      ...["firstName", "lastName", "email", "phone", "address", "city", "state", "zip"],
      ...[null, null],
    ]);
    const cells = ["Ana", "Diaz", "ana@x.test", "'+1 512 555 0100", "1 Elm St", "Austin", "TX"];
    expect(leadOfRow([...cells, "78701", "9"], mapping)).toEqual({
      name: "Ana Diaz",
      email: "ana@x.test",
      phone: "+1 512 555 0100",
      address: "1 Elm St, Austin, TX 78701",
      notes: "",
    });
  });
});
