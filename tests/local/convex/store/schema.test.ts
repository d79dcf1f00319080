import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openStore } from "../../../../local/convex/store/store.ts";
import {
  deploy,
  drain,
  emptyStore,
  eq,
  exported,
  indexQuery,
  insert,
  reading,
  scanQuery,
  searchQuery,
  storeWith,
  temporaryFolder,
} from "./harness.ts";
import type { Store } from "../../../../local/convex/store/types.ts";

const person = { name: v.string(), age: v.optional(v.number()) };
const people = () => defineTable(person);
const found = (store: Store, index: string, field: string, value: string | number) =>
  reading(store, (tx) => drain(tx.query("", indexQuery(index, [eq(field, value)])))).map(
    ({ name }) => name,
  );

describe("a schema", () => {
  test("holds for every write, which otherwise changes nothing", async () => {
    const store = await storeWith(defineSchema({ people: people() }));
    const id = await insert(store, "people", { name: "Ada" });
    await expect(insert(store, "people", { name: 1 })).rejects.toThrow(
      'Failed to insert or update a document in table "people" because it does not match the schema: Value does not match validator.\nPath: .name',
    );
    await expect(store.mutate((tx) => tx.patch("", id, { age: "old" }))).rejects.toThrow(
      "Path: .age",
    );
    await expect(store.mutate((tx) => tx.replace("", id, { age: 1 }))).rejects.toThrow(
      "missing the required field `name`",
    );
    expect(reading(store, (tx) => drain(tx.query("", scanQuery("people"))))).toMatchObject([
      { _id: id, name: "Ada" },
    ]);
  });

  test("checks that ids are of the table they should be of", async () => {
    const store = await storeWith(
      defineSchema({ people: people(), pets: defineTable({ owner: v.id("people") }) }),
    );
    const ada = await insert(store, "people", { name: "Ada" });
    const pet = await insert(store, "pets", { owner: ada });
    await expect(insert(store, "pets", { owner: pet })).rejects.toThrow("from table `pets`");
    await expect(insert(store, "pets", { owner: "nobody" })).rejects.toThrow("Path: .owner");
  });

  test("without validation only makes indexes", async () => {
    const tables = { people: people().index("by_name", ["name"]) };
    const store = await storeWith(defineSchema(tables, { schemaValidation: false }));
    await insert(store, "people", { name: 7 });
    expect(found(store, "people.by_name", "name", 7)).toEqual([7]);
  });

  test("is remembered by the file", async () => {
    const file = join(temporaryFolder(), "data.db");
    const first = openStore({ file });
    await deploy(first, defineSchema({ people: people().index("by_name", ["name"]) }));
    await insert(first, "people", { name: "Ada" });
    await first.close();
    const second = emptyStore({ file });
    await expect(insert(second, "people", {})).rejects.toThrow("required field");
    expect(found(second, "people.by_name", "name", "Ada")).toEqual(["Ada"]);
  });
});

describe("a new schema", () => {
  test("fills new indexes with the documents that are there, and drops those that are gone", async () => {
    const store = await storeWith(defineSchema({ people: people().index("by_name", ["name"]) }));
    await store.mutate((tx) => {
      for (let i = 0; i < 1200; i++) tx.insert("", "people", { name: `p${i}`, age: i % 100 });
    });
    await deploy(
      store,
      defineSchema({
        people: people()
          .index("by_age", ["age"])
          .searchIndex("search", { searchField: "name", filterFields: ["age"] }),
      }),
    );
    expect(found(store, "people.by_age", "age", 7)).toHaveLength(12);
    const matches = reading(store, (tx) =>
      drain(tx.query("", searchQuery("people.search", ["name", "p107"], { age: 7 }))),
    );
    expect(matches).toMatchObject([{ name: "p107" }]);
    expect(() => found(store, "people.by_name", "name", "p1")).toThrow("by_name not found");

    // An index of the old name over another field starts from the documents again.
    await deploy(store, defineSchema({ people: people().index("by_age", ["name"]) }));
    expect(found(store, "people.by_age", "name", "p7")).toEqual(["p7"]);
    await insert(store, "people", { name: "p7" });
    expect(found(store, "people.by_age", "name", "p7")).toEqual(["p7", "p7"]);
  });

  test("that a document does not fit is refused, named, before anything changes", async () => {
    const store = await storeWith(
      defineSchema({ people: people().index("by_name", ["name"]), pets: defineTable(v.any()) }),
    );
    await insert(store, "people", { name: "Ada", age: 36 });
    const bob = await insert(store, "people", { name: "Bob" });
    const before = store.latestTs();
    const strict = defineSchema({
      extra: defineTable({}),
      people: defineTable({ name: v.string(), age: v.number() }).index("by_age", ["age"]),
    });
    await expect(deploy(store, strict)).rejects.toThrow(
      `Document with ID "${bob}" in table "people" does not match the schema: Object is missing the required field \`age\``,
    );
    expect(store.latestTs()).toBe(before);
    expect(found(store, "people.by_name", "name", "Ada")).toEqual(["Ada"]);
    expect(() => found(store, "people.by_age", "age", 36)).toThrow("by_age not found");
    await insert(store, "people", { name: "Carol" });

    await store.mutate((tx) => {
      for (const { _id, age } of drain(tx.query("", scanQuery("people")))) {
        if (age === undefined) tx.remove("", _id);
      }
    });
    await deploy(store, strict);
    expect(found(store, "people.by_age", "age", 36)).toEqual(["Ada"]);
  });

  test("that is the old one commits nothing", async () => {
    const schema = defineSchema({
      people: people().index("by_name", ["name"]).searchIndex("s", { searchField: "name" }),
    });
    const store = await storeWith(schema);
    const before = store.latestTs();
    await deploy(store, schema);
    expect(store.latestTs()).toBe(before);
  });

  test("without a table keeps the documents, as anything", async () => {
    const store = await storeWith(defineSchema({ people: people().index("by_name", ["name"]) }));
    const ada = await insert(store, "people", { name: "Ada" });
    await deploy(store, defineSchema({ others: defineTable({}) }));
    await insert(store, "people", { anything: true });
    expect(reading(store, (tx) => tx.get("", ada))).toMatchObject({ name: "Ada" });
    await deploy(store, defineSchema({ people: defineTable(v.any()).index("by_name", ["name"]) }));
    expect(found(store, "people.by_name", "name", "Ada")).toEqual(["Ada"]);
  });

  test("leaves other components alone", async () => {
    const store = emptyStore();
    const schema = exported(defineSchema({ people: people() }));
    await store.deploySchema([
      { path: "", schema },
      { path: "child", schema },
    ]);
    await store.deploySchema([{ path: "", schema: null }]);
    await insert(store, "people", { anything: true });
    await expect(store.mutate((tx) => tx.insert("child", "people", {}))).rejects.toThrow(
      "required",
    );
  });

  test("builds a staged index only once it is no longer staged", async () => {
    const staged = people().index("by_name", { fields: ["name"], staged: true });
    const store = await storeWith(defineSchema({ people: staged }));
    await insert(store, "people", { name: "Ada" });
    expect(() => found(store, "people.by_name", "name", "Ada")).toThrow("not found");
    await deploy(store, defineSchema({ people: people().index("by_name", ["name"]) }));
    expect(found(store, "people.by_name", "name", "Ada")).toEqual(["Ada"]);
  });
});

describe("system tables", () => {
  test("exist in every component, with the indexes that the engine gives them", async () => {
    const store = emptyStore({
      systemTables: [
        { tableName: "__requests", indexes: [{ indexDescriptor: "by_key", fields: ["key"] }] },
      ],
    });
    await store.deploySchema([{ path: "", schema: null }]);
    const file = await insert(store, "_storage", { sha256: "x" });
    await store.mutate((tx) => tx.insert("later", "__requests", { key: "k", name: "found" }));
    const tx = store.snapshot();
    expect(tx.tableOf("", file)).toBe("_storage");
    expect(
      drain(tx.query("later", indexQuery("__requests.by_key", [eq("key", "k")]))),
    ).toMatchObject([{ name: "found" }]);
    expect(drain(tx.query("", indexQuery("__requests.by_key", [eq("key", "k")])))).toEqual([]);
    tx.close();
  });

  test("may be referred to by a schema", async () => {
    const store = await storeWith(
      defineSchema({ photos: defineTable({ file: v.id("_storage") }) }),
    );
    const file = await insert(store, "_storage", { sha256: "x" });
    const photo = await insert(store, "photos", { file });
    await expect(insert(store, "photos", { file: photo })).rejects.toThrow("from table `photos`");
  });
});
