import { beforeEach, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import { mayFindMore, searchWords } from "../../lib/search.ts";
import { type Backend, backend } from "../support/backend.ts";
import { signUp, type TestTenant } from "../support/tenant.ts";

const FIRST_PAGE = { numItems: 20, cursor: null };

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});

async function names(words: string, filters = {}, { as } = north) {
  const { page } = await as.query(api.projects.list, {
    words,
    paginationOpts: FIRST_PAGE,
    ...filters,
  });
  return page.map(({ name }) => name);
}

describe("a search for projects", () => {
  it("finds by name, customer, address, e-mail, telephone and number", async () => {
    await north.as.mutation(api.projects.create, {
      name: "Carport",
      customerName: "Renée Ortega",
      customerEmail: "renee@ortega.example",
      customerPhone: "555-0142",
      siteAddress: "12 Juniper Lane",
    });
    for (const words of [
      "carp",
      "ortega",
      "juniper",
      "renee@ortega.example",
      "555-0142",
      "P-0002",
    ]) {
      expect(await names(words), words).toEqual(["Carport"]);
    }
  });

  it("follows a change of the project, and forgets the old words", async () => {
    await north.as.mutation(api.projects.update, {
      projectId: north.projectId,
      customerName: "Quentin",
      customerEmail: null,
    });
    expect(await names("quentin")).toEqual(["Roof of north"]);
    expect(await names("Customer")).toEqual([]);
  });

  it("narrows by the list's filters, and keeps archived projects apart", async () => {
    const [first, second] = north.stages;
    expect(await names("roof", { stageId: first!._id })).toEqual(["Roof of north"]);
    expect(await names("roof", { stageId: second!._id })).toEqual([]);
    await north.as.mutation(api.projects.archive, { projectId: north.projectId });
    expect(await names("roof")).toEqual([]);
    expect(await names("roof", { archived: true })).toEqual(["Roof of north"]);
  });

  it("never finds another company's, not even by its very words", async () => {
    expect(await names("Roof of south Customer of south")).not.toContain("Roof of south");
    expect(await names("south", {}, south)).toEqual(["Roof of south"]);
  });

  it("lists all without words, and takes any", async () => {
    expect(await names("   ")).toEqual(["Roof of north"]);
    for (const words of ["\u0000", '"*', "a".repeat(100_000), "🌞", "AND OR NOT ("]) {
      expect(await names(words), words.slice(0, 20)).toEqual([]);
    }
  });
});

describe("the command palette", () => {
  it("shows each role what it may read", async () => {
    const own = await north.as.query(api.search.find, { words: "north" });
    for (const found of Object.values(own)) expect(found.length).toBeGreaterThan(0);
    const installer = await north.asRole("Installer").query(api.search.find, { words: "north" });
    expect(installer).toEqual({ ...own, leads: [] });
    const none = await south.as.query(api.search.find, { words: "north" });
    expect(Object.values(none).flat()).toEqual([]);
  });

  it("asks nothing new while the last word of a fruitless search only gets longer", () => {
    expect(mayFindMore("zebra", "zeb")).toBe(false);
    expect(mayFindMore("tall Zëbra2", "tall Z")).toBe(false);
    expect(mayFindMore("zeb", "zeb")).toBe(false);
  });

  it.each([
    ...[
      ["zeb roof", "zeb"],
      ["zeb-roof", "zeb"],
      ["zeb-r", "zeb-"],
      ["ze", "zeb"],
    ],
    ...[
      ["roof", "zeb"],
      ["b@roof", "b"],
      ["r", ""],
    ],
  ])("asks for “%s” although “%s” found nothing", (words, fruitless) => {
    expect(mayFindMore(words, fruitless)).toBe(true);
  });

  it("asks for no more words than a search can use", () => {
    expect(searchWords("  one\n two ")).toBe("one two");
    expect(searchWords("word ".repeat(40)).split(" ")).toHaveLength(16);
    expect(searchWords("x".repeat(1_000))).toHaveLength(200);
  });
});
