import fc from "fast-check";
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { describe, expect, test } from "vitest";
import { overlaps } from "../../../../local/convex/store/readset.ts";
import {
  deploy,
  drain,
  emptyStore,
  eq,
  indexQuery,
  insert,
  scanQuery,
  searchQuery,
  storeWith,
} from "./harness.ts";
import type {
  ReadTransaction,
  Store,
  WriteTransaction,
} from "../../../../local/convex/store/types.ts";

const notes = defineSchema({
  notes: defineTable({ owner: v.string(), n: v.number(), text: v.optional(v.string()) })
    .index("by_owner_n", ["owner", "n"])
    .searchIndex("search_text", { searchField: "text", filterFields: ["owner", "n"] }),
});

/** Whether what `read` saw is out of date after `write`. */
async function isStale(
  store: Store,
  read: (tx: ReadTransaction) => void,
  write: (tx: WriteTransaction) => void,
): Promise<boolean> {
  const tx = store.snapshot();
  read(tx);
  const { writeSet } = await store.mutate(write);
  tx.close();
  return overlaps(tx.reads, writeSet);
}

const add = (owner: string, n: number) => (tx: WriteTransaction) =>
  void tx.insert("", "notes", { owner, n });

async function tenNotes(): Promise<{ store: Store; ids: string[] }> {
  const store = await storeWith(notes);
  const ids: string[] = [];
  for (let n = 0; n < 10; n++) ids.push(await insert(store, "notes", { owner: "me", n: n * 10 }));
  return { store, ids };
}
const ofMine = (order: "asc" | "desc" = "asc", operators = [] as { limit: number }[]) =>
  indexQuery("notes.by_owner_n", [eq("owner", "me")], order, operators);

describe("a result over one owner's range", () => {
  test("outlives another owner's insert, and not one of its own", async () => {
    const { store } = await tenNotes();
    const readAll = (tx: ReadTransaction) => void drain(tx.query("", ofMine()));
    expect(await isStale(store, readAll, add("mf", 5))).toBe(false);
    expect(await isStale(store, readAll, add("m", 5))).toBe(false);
    expect(await isStale(store, readAll, add("me\0", 5))).toBe(false);
    expect(await isStale(store, readAll, add("me", 5))).toBe(true);
    expect(await isStale(store, readAll, add("me", 1000))).toBe(true);
  });

  test("depends on nothing beyond the last row that it took", async () => {
    const { store } = await tenNotes();
    const takeThree = (tx: ReadTransaction) =>
      void drain(tx.query("", ofMine("asc", [{ limit: 3 }])));
    expect(await isStale(store, takeThree, add("me", 20.5))).toBe(false);
    expect(await isStale(store, takeThree, add("me", 19))).toBe(true);
    const takeLast = (tx: ReadTransaction) =>
      void drain(tx.query("", ofMine("desc", [{ limit: 2 }])));
    expect(await isStale(store, takeLast, add("me", 79))).toBe(false);
    expect(await isStale(store, takeLast, add("me", 81))).toBe(true);
  });

  test("depends only on what was consumed of a stream that was left early", async () => {
    const { store } = await tenNotes();
    const readTwo = (tx: ReadTransaction) => {
      const stream = tx.query("", ofMine());
      stream.next();
      stream.next();
    };
    const open = (tx: ReadTransaction) => void tx.query("", ofMine());
    expect(await isStale(store, open, add("me", 5))).toBe(false);
    expect(await isStale(store, readTwo, add("me", 6))).toBe(false);
    expect(await isStale(store, readTwo, add("me", 4))).toBe(true);
  });

  test("of a page depends on that page", async () => {
    const { store } = await tenNotes();
    const readSecondPage = (tx: ReadTransaction) => {
      const query = ofMine();
      const other = store.snapshot();
      const { continueCursor } = other.queryPage("", { query, cursor: null, pageSize: 3 });
      other.close();
      tx.queryPage("", { query, cursor: continueCursor, pageSize: 3 });
    };
    expect(await isStale(store, readSecondPage, add("me", 19))).toBe(false);
    expect(await isStale(store, readSecondPage, add("me", 21))).toBe(true);
    expect(await isStale(store, readSecondPage, add("me", 51))).toBe(false);
  });

  test("is stale when a document in it changes, even in a field that is not indexed", async () => {
    const { store, ids } = await tenNotes();
    const takeThree = (tx: ReadTransaction) =>
      void drain(tx.query("", ofMine("asc", [{ limit: 3 }])));
    const patch =
      (id: string, fields: { [field: string]: string | number }) => (tx: WriteTransaction) =>
        tx.patch("", id, fields);
    expect(await isStale(store, takeThree, patch(ids[1]!, { text: "new" }))).toBe(true);
    expect(await isStale(store, takeThree, patch(ids[1]!, { text: "new" }))).toBe(false); // No change.
    expect(await isStale(store, takeThree, patch(ids[5]!, { text: "new" }))).toBe(false);
    expect(await isStale(store, takeThree, patch(ids[5]!, { n: 1 }))).toBe(true); // Moves in.
    expect(await isStale(store, takeThree, patch(ids[5]!, { owner: "you" }))).toBe(true); // Moves out.
    expect(await isStale(store, takeThree, (tx) => tx.remove("", ids[0]!))).toBe(true);
  });
});

describe("a result over one document", () => {
  test("is stale when that document changes, and only then", async () => {
    const { store, ids } = await tenNotes();
    const read = (tx: ReadTransaction) => void tx.get("", ids[0]!);
    expect(await isStale(store, read, (tx) => tx.patch("", ids[1]!, { n: 1 }))).toBe(false);
    expect(await isStale(store, read, add("me", 0))).toBe(false);
    expect(await isStale(store, read, (tx) => tx.patch("", ids[0]!, { n: 1 }))).toBe(true);
    expect(await isStale(store, read, (tx) => tx.remove("", ids[0]!))).toBe(true);
  });
});

describe("a result over a table that does not exist", () => {
  test("is stale once it does", async () => {
    const store = emptyStore();
    const read = (tx: ReadTransaction) => void drain(tx.query("", scanQuery("later")));
    expect(await isStale(store, read, (tx) => tx.insert("", "other", {}))).toBe(false);
    expect(await isStale(store, read, (tx) => tx.insert("child", "later", {}))).toBe(false);
    expect(await isStale(store, read, (tx) => tx.insert("", "later", {}))).toBe(true);
  });
});

describe("a search result", () => {
  test("is stale when something under its filters changes", async () => {
    const { store, ids } = await tenNotes();
    await store.mutate((tx) => tx.patch("", ids[0]!, { text: "solar roof" }));
    const search = (tx: ReadTransaction) =>
      void drain(tx.query("", searchQuery("notes.search_text", ["text", "roof"], { owner: "me" })));
    const write = (owner: string) => (tx: WriteTransaction) =>
      tx.insert("", "notes", { owner, n: 0, text: "roof" });
    expect(await isStale(store, search, write("you"))).toBe(false);
    expect(await isStale(store, search, write("me"))).toBe(true);
    expect(await isStale(store, search, (tx) => tx.patch("", ids[0]!, { n: -1 }))).toBe(true);
    const byNumber = (tx: ReadTransaction) =>
      void drain(tx.query("", searchQuery("notes.search_text", ["text", "roof"], { n: 0 })));
    expect(await isStale(store, byNumber, write("you"))).toBe(true);
  });
});

describe("any result", () => {
  test("is stale after a schema change", async () => {
    const store = await storeWith(notes);
    const tx = store.snapshot();
    const { ts } = tx;
    tx.close();
    await deploy(store, defineSchema({ notes: notes.tables.notes, more: defineTable({}) }));
    const commits = [...store.commits.since(ts)] as { writeSet: Parameters<typeof overlaps>[1] }[];
    expect(commits.some(({ writeSet }) => overlaps(tx.reads, writeSet))).toBe(true);
  });

  test("that is not stale is what running the query again gives", async () => {
    const store = await storeWith(notes);
    const owner = fc.constantFrom("a", "b", "c");
    const n = fc.integer({ min: 0, max: 12 });
    const query = fc
      .record({
        owner,
        order: fc.constantFrom("asc" as const, "desc" as const),
        take: fc.integer({ min: 1, max: 5 }),
      })
      .map((q) =>
        indexQuery("notes.by_owner_n", [eq("owner", q.owner)], q.order, [{ limit: q.take }]),
      );
    let fresh = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(query, { minLength: 3, maxLength: 6 }),
        owner,
        n,
        fc.nat(),
        fc.constantFrom("add", "move", "remove"),
        async (queries, who, at, pick, kind) => {
          const before = queries.map((q) => {
            const tx = store.snapshot();
            const result = drain(tx.query("", q));
            tx.close();
            return { q, result, reads: tx.reads };
          });
          const { writeSet } = await store.mutate((tx) => {
            const all = drain(tx.query("", scanQuery("notes")));
            const target = all[pick % Math.max(1, all.length)];
            if (kind === "add" || target === undefined)
              tx.insert("", "notes", { owner: who, n: at });
            else if (kind === "move") tx.patch("", target._id, { owner: who, n: at });
            else tx.remove("", target._id);
          });
          const tx = store.snapshot();
          for (const { q, result, reads } of before) {
            if (overlaps(reads, writeSet)) continue;
            fresh++;
            expect(drain(tx.query("", q))).toEqual(result);
          }
          tx.close();
        },
      ),
      { numRuns: 150 },
    );
    expect(fresh).toBeGreaterThan(50);
  });
});
