import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { describe, expect, test } from "vitest";
import { drain, insert, reading, searchQuery, storeWith } from "./harness.ts";
import type { JSONValue } from "convex/values";
import type { Page, QueryJson, Store } from "../../../../local/convex/store/types.ts";

const WIDE = ["a", "b", "c", "d", "e", "f", "g", "h", "i"] as never[];
const schema = defineSchema({
  posts: defineTable({
    body: v.optional(v.string()),
    team: v.optional(v.string()),
    open: v.optional(v.boolean()),
    meta: v.optional(v.object({ title: v.string() })),
  })
    .searchIndex("body", { searchField: "body", filterFields: ["team", "open"] })
    .searchIndex("title", { searchField: "meta.title" })
    .searchIndex("wide", { searchField: "body", filterFields: WIDE }),
});

const search = (store: Store, text: string, equal: { [field: string]: JSONValue } = {}) =>
  reading(store, (tx) =>
    drain(tx.query("", searchQuery("posts.body", ["body", text], equal))).map(({ body }) => body),
  );

async function postsOf(...bodies: string[]): Promise<{ store: Store; ids: string[] }> {
  const store = await storeWith(schema);
  const ids: string[] = [];
  for (const body of bodies) ids.push(await insert(store, "posts", { body, team: "a" }));
  // Words that are everywhere weigh nothing; these make the others rare.
  for (let i = 0; i < 20; i++) await insert(store, "posts", { body: `filler ${i}`, team: "z" });
  return { store, ids };
}

describe("a text search", () => {
  test("finds any of the words, in any case, the last one as a beginning too", async () => {
    const { store } = await postsOf("Solar panels", "a Panel on the roof", "inverter");
    expect(search(store, "PANELS")).toEqual(["Solar panels"]);
    expect(search(store, "panel")).toEqual(["a Panel on the roof", "Solar panels"]);
    expect(search(store, "pan").sort()).toEqual(["Solar panels", "a Panel on the roof"]);
    expect(search(store, "pan roof")).toEqual(["a Panel on the roof"]);
    expect(search(store, "solar inverter").sort()).toEqual(["Solar panels", "inverter"]);
    expect(search(store, "anel")).toEqual([]);
  });

  test("puts the better match first, and the newer among equals", async () => {
    const { store } = await postsOf(
      "roof and many other words that make this text a long one",
      "roof roof",
      "roof solar",
      "same words",
      "same words",
    );
    expect(search(store, "solar roof")[0]).toBe("roof solar");
    expect(search(store, "roof").at(-1)).toContain("long one");
    const ids = reading(store, (tx) =>
      drain(tx.query("", searchQuery("posts.body", ["body", "same"]))),
    );
    expect(ids[0]!._creationTime).toBeGreaterThan(ids[1]!._creationTime);
  });

  test("keeps to its filters, a missing field being undefined", async () => {
    const { store } = await postsOf("roof");
    await insert(store, "posts", { body: "roof b", team: "b", open: true });
    await insert(store, "posts", { body: "roof of nobody" });
    expect(search(store, "roof", { team: "a" })).toEqual(["roof"]);
    expect(search(store, "roof", { open: true, team: "b" })).toEqual(["roof b"]);
    expect(search(store, "roof", { open: false, team: "b" })).toEqual([]);
    expect(search(store, "roof", { team: { $undefined: null } })).toEqual(["roof of nobody"]);
  });

  test("follows patches, removals and rolled back writes", async () => {
    const { store, ids } = await postsOf("first", "second");
    await store.mutate((tx) => tx.patch("", ids[0]!, { body: "third" }));
    expect(search(store, "first")).toEqual([]);
    expect(search(store, "third")).toEqual(["third"]);
    await store.mutate((tx) => tx.patch("", ids[0]!, { team: "b" }));
    expect(search(store, "third", { team: "a" })).toEqual([]);
    expect(search(store, "third", { team: "b" })).toEqual(["third"]);
    await store.mutate((tx) => tx.patch("", ids[0]!, { body: { $undefined: null } }));
    expect(search(store, "third")).toEqual([]);
    const failing = store.mutate((tx) => {
      tx.insert("", "posts", { body: "never" });
      throw new Error("on purpose");
    });
    await expect(failing).rejects.toThrow("on purpose");
    await store.mutate((tx) => tx.remove("", ids[1]!));
    expect(search(store, "never second")).toEqual([]);
  });

  test("leaves out words of more than 31 bytes, and every word after the sixteenth", async () => {
    const long = "é".repeat(16);
    const { store } = await postsOf(`${long} roof`, "x".repeat(31), "word15", "word16");
    expect(search(store, long)).toEqual([]);
    expect(search(store, "é")).toEqual([]);
    expect(search(store, `roof ${long}`)).toEqual([`${long} roof`]);
    expect(search(store, "x".repeat(31))).toEqual(["x".repeat(31)]);
    const words = Array.from({ length: 17 }, (_, i) => `word${i}`);
    expect(search(store, words.join(" "))).toEqual(["word15"]);
  });

  test("is refused when it would go through more than 1,024 results", async () => {
    const { store } = await postsOf();
    await store.mutate((tx) => {
      for (let i = 0; i < 1025; i++) tx.insert("", "posts", { body: "same" });
    });
    const query = searchQuery("posts.body", ["body", "same"]);
    reading(store, (tx) => {
      const first = tx.query("", { ...query, operators: [{ limit: 1024 }] });
      expect(drain(first)).toHaveLength(1024);
      expect(() => drain(tx.query("", query))).toThrow("scanned too many documents (fetched 1024)");
    });
  });

  test("orders imported documents by when they were created, page by page", async () => {
    const { store, ids } = await postsOf("gone", "gone", "gone");
    await store.mutate((tx) => {
      for (const id of ids) tx.remove("", id);
      for (const [i, _creationTime] of [3, 1, 2].entries())
        tx.importDocument("", "posts", { _id: ids[i]!, body: "same", _creationTime });
    });
    const query = searchQuery("posts.body", ["body", "same"]);
    const times: number[] = [];
    let cursor: string | null = null;
    for (let isDone = false; !isDone;) {
      const page: Page = reading(store, (tx) => tx.queryPage("", { query, cursor, pageSize: 1 }));
      times.push(...page.page.map(({ _creationTime }) => _creationTime));
      ({ continueCursor: cursor, isDone } = page);
    }
    expect(times).toEqual([3, 2, 1]);
  });

  test("takes any text for words, not for a language", async () => {
    const { store } = await postsOf('quote " AND (roof', "naïve Größe", "東京 roof");
    expect(search(store, '"quote" AND')).toEqual(['quote " AND (roof']);
    expect(search(store, "scope : f0")).toEqual([]);
    expect(search(store, "GRÖSSE größe")).toEqual(["naïve Größe"]);
    expect(search(store, "東")).toEqual(["東京 roof"]);
    for (const nothing of ["", "  ", "*", "\"'()", "\0"])
      expect(search(store, nothing)).toEqual([]);
  });

  test("can be paged in the same order", async () => {
    const { store } = await postsOf(
      ...Array.from({ length: 9 }, (_, i) => `roof ${"x ".repeat(i)}`),
    );
    const query: QueryJson = searchQuery("posts.body", ["body", "roof"]);
    const pages: string[] = [];
    let cursor: string | null = null;
    for (let isDone = false; !isDone;) {
      const page: Page = reading(store, (tx) => tx.queryPage("", { query, cursor, pageSize: 4 }));
      pages.push(...page.page.map(({ body }) => body as string));
      ({ continueCursor: cursor, isDone } = page);
    }
    expect(pages).toEqual(search(store, "roof"));
    expect(pages).toHaveLength(9);
  });

  test("reaches into objects", async () => {
    const store = await storeWith(schema);
    await insert(store, "posts", { meta: { title: "deep" } });
    reading(store, (tx) => {
      const query = searchQuery("posts.title", ["meta.title", "deep"]);
      expect(drain(tx.query("", query))).toHaveLength(1);
    });
  });

  test.each<[string, QueryJson, string]>([
    [
      "another field",
      searchQuery("posts.body", ["team", "x"]),
      "doesn't match the indexed `searchField`",
    ],
    [
      "a filter that is not declared",
      searchQuery("posts.body", ["body", "x"], { n: 1 }),
      "isn't indexed for filtering",
    ],
    [
      "more than eight filters",
      searchQuery(
        "posts.wide",
        ["body", "x"],
        Object.fromEntries(WIDE.slice(0, 9).map((field) => [field, 1])),
      ),
      "too many filter conditions. Max: 8 Actual: 9",
    ],
    ["an index that is none", searchQuery("posts.by_id", ["body", "x"]), "not found"],
    [
      "no text",
      { source: { type: "Search", indexName: "posts.body", filters: [] }, operators: [] },
      "does not contain any search filters",
    ],
  ])("over %s is refused", async (_, query, message) => {
    const store = await storeWith(schema);
    reading(store, (tx) => expect(() => tx.query("", query)).toThrow(message));
  });
});
