import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import { readCallNote } from "../../../lib/telemetry/callNote.ts";
import { backend } from "../../support/backend.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

/** What each function of a company says of itself for the log stream. */

let north: TestTenant;
let south: TestTenant;
let lines: string[];

beforeEach(async () => {
  const t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
  lines = [];
  vi.spyOn(console, "debug").mockImplementation((line: string) => void lines.push(line));
});
afterEach(() => vi.restoreAllMocks());

const notes = () =>
  lines.map((line) => {
    const { sunup, ...data } = JSON.parse(line) as Record<string, unknown>;
    expect(sunup).toBe("call");
    return readCallNote(data);
  });
const page = { paginationOpts: { numItems: 10, cursor: null } };

it("a query says for whom it ran, what it read and how many rows it gave", async () => {
  const { page: rows } = await north.as.query(api.activity.recent, page);
  await south.as.query(api.activity.recent, page);
  const [first, second] = notes();
  expect(first).toMatchObject({
    ...{ tenant: north.tenantId, member: north.memberId },
    ...{ rows: rows.length, documentsWritten: 0 },
  });
  expect(first!.documentsRead).toBeGreaterThanOrEqual(rows.length);
  expect(first!.indexRanges).toBeGreaterThan(0);
  expect(second).toMatchObject({ tenant: south.tenantId, member: south.memberId });
});

it("a mutation says what it wrote, and nothing when it is refused", async () => {
  await north.as.mutation(api.projects.archive, { projectId: north.projectId });
  const [note] = notes();
  expect(note!.documentsWritten).toBeGreaterThan(0);
  expect(note!.bytesWritten).toBeGreaterThan(0);

  lines = [];
  const foreign = { projectId: south.projectId };
  await expect(north.as.mutation(api.projects.archive, foreign)).rejects.toThrow("NOT_FOUND");
  expect(lines.filter((line) => line.includes('"call"'))).toEqual([]);
});

it("a line of the log that is no such note is told from one", () => {
  const note = {
    ...{ tenant: "t", member: null, indexRanges: 1, rows: 1 },
    ...{ documentsRead: 1, documentsWritten: 0, bytesRead: 9, bytesWritten: 0 },
  };
  expect(readCallNote(note)).toEqual(note);
  for (const spoilt of [
    {},
    { ...note, tenant: 5 },
    { ...note, member: 5 },
    { ...note, rows: "many" },
    { ...note, bytesRead: -1 },
    { ...note, bytesRead: NaN },
  ]) {
    expect(readCallNote(spoilt)).toBeNull();
  }
});
