import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Collection } from "../../../local/storage/collection.ts";
import { openDatabase, transaction } from "../../../local/storage/database.ts";

interface Note {
  id: string;
  to: string;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "collection-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function openNotes(dataDir = temporaryFolder()) {
  const db = openDatabase(dataDir, "notes.sqlite");
  onTestFinished(() => db.close());
  return { db, notes: new Collection<Note>(db, "notes", { plain: ["to"] }) };
}

const note = (id: string, to = "ada@example.com"): Note => ({ id, to });
const idsOf = (notes: Note[]): string[] => notes.map(({ id }) => id);

test("a transaction that throws leaves nothing of what it wrote", () => {
  const { db, notes } = openNotes();
  notes.put(note("before"));
  expect(() =>
    transaction(db, () => {
      notes.put(note("within"));
      transaction(db, () => notes.delete("before"));
      throw new Error("no");
    }),
  ).toThrow("no");
  expect(notes.all()).toEqual([note("before")]);
});

test("records come back in the order in which they were first written", () => {
  const { notes } = openNotes();
  for (const id of ["c", "a", "b"]) notes.put(note(id));
  notes.put(note("c", "bo@example.com"));
  expect(idsOf(notes.all())).toEqual(["c", "a", "b"]);
  expect(idsOf(notes.list("to", "ada@example.com"))).toEqual(["a", "b"]);
  expect(notes.find("to", "bo@example.com")?.id).toBe("c");
});

test("the newest come first, all or those with a text in a field, however it is written", () => {
  const { notes } = openNotes();
  for (const id of ["a", "b", "c"]) notes.put(note(id));
  notes.put(note("d", "bo%_\"'@example.com"));
  expect(idsOf(notes.newest(2))).toEqual(["d", "c"]);
  expect(idsOf(notes.newest(9, { field: "to", contains: "ADA" }))).toEqual(["c", "b", "a"]);
  expect(idsOf(notes.newest(9, { field: "to", contains: "%_\"'@" }))).toEqual(["d"]);
  expect(notes.newest(9, { field: "to", contains: "%ada" })).toEqual([]);
});

test("only the newest are kept when told so", () => {
  const { notes } = openNotes();
  for (const id of ["a", "b", "c", "d"]) notes.put(note(id));
  notes.keepNewest(4);
  expect(notes.all()).toHaveLength(4);
  notes.keepNewest(2);
  expect(idsOf(notes.all())).toEqual(["c", "d"]);
});

test("what was written is there when the file is opened again", () => {
  const dataDir = temporaryFolder();
  openNotes(dataDir).notes.put(note("kept"));
  expect(openNotes(dataDir).notes.get("kept")).toEqual(note("kept"));
});
