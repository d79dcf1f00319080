/// <reference types="vite/client" />
import { convexTest } from "convex-test";
import {
  type DataModelFromSchemaDefinition,
  defineSchema,
  defineTable,
  type DocumentByName,
  type GenericDatabaseReader,
  type NamedTableInfo,
  type OrderedQuery,
  type PaginationOptions,
  type QueryInitializer,
} from "convex/server";
import { v } from "convex/values";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { MAX_PAGE } from "../../lib/budgets.ts";
import { SecuredQuery } from "../../convex/tenancy/securedQuery.ts";

/**
 * Whatever is chained to a query and however it is read, row-level security gives what
 * the database would give if it held the caller's rows alone, and tells of each row that
 * it left out.
 */

const schema = defineSchema({
  notes: defineTable({ own: v.boolean(), place: v.number(), text: v.string() })
    .index("by_place", ["place"])
    .searchIndex("by_text", { searchField: "text" }),
});
const modules = import.meta.glob("../../convex/_generated/*.js");

type DataModel = DataModelFromSchemaDefinition<typeof schema>;
type Note = DocumentByName<DataModel, "notes">;
type Notes = OrderedQuery<NamedTableInfo<DataModel, "notes">>;
type Start = QueryInitializer<NamedTableInfo<DataModel, "notes">>;
type Db = GenericDatabaseReader<DataModel>;

/** Every way to chain a query. */
const SHAPES: Record<string, (start: Start) => Notes> = {
  "as it is": (start) => start,
  "a full scan": (start) => start.fullTableScan(),
  "a full scan, newest first": (start) => start.fullTableScan().order("desc"),
  "newest first": (start) => start.order("desc"),
  "an index": (start) => start.withIndex("by_place"),
  "a range of an index, from the end": (start) =>
    start.withIndex("by_place", (q) => q.gte("place", 3)).order("desc"),
  "a filter": (start) => start.filter((q) => q.gte(q.field("place"), 3)),
  "an ordered range with two filters": (start) =>
    start
      .withIndex("by_place", (q) => q.lt("place", 9))
      .order("asc")
      .filter((q) => q.gte(q.field("place"), 2))
      .filter((q) => q.neq(q.field("place"), 5)),
  "a text search": (start) => start.withSearchIndex("by_text", (q) => q.search("text", "roof")),
};

/** Rows in the order in which they are written; true is the caller's own. */
const owners = fc.array(fc.boolean(), { maxLength: 12 });
const amount = fc.nat({ max: 6 });
const runs = { numRuns: 60 };

describe.each(Object.keys(SHAPES))("a secured query: %s", { timeout: 60_000 }, (shape) => {
  const chain = SHAPES[shape]!;

  it("collects and iterates over the own rows", async () => {
    await fc.assert(
      fc.asyncProperty(owners, async (rows) => {
        const { all, own, foreign, secured, denied } = await read(rows, chain);
        const collected = await secured((query) => query.collect());
        expect(collected).toEqual(own);
        expect(denied()).toEqual(foreign);
        expect(await secured((query) => firstOf(all.length, query))).toEqual(own);
        expect(denied()).toEqual(foreign);
      }),
      runs,
    );
  });

  it("takes as many own rows as are asked for, whatever lies between them", async () => {
    await fc.assert(
      fc.asyncProperty(owners, amount, async (rows, count) => {
        const { own, before, secured, denied } = await read(rows, chain);
        expect(await secured((query) => query.take(count))).toEqual(own.slice(0, count));
        expect(denied()).toEqual(before(count));
      }),
      runs,
    );
  });

  it("gives the first own row, and the only one when it is the only one", async () => {
    await fc.assert(
      fc.asyncProperty(owners, async (rows) => {
        const { own, before, secured, denied } = await read(rows, chain);
        expect(await secured((query) => query.first())).toEqual(own[0] ?? null);
        expect(denied()).toEqual(before(1));
        const unique = secured((query) => query.unique());
        if (own.length > 1) await expect(unique).rejects.toThrow("more than one result");
        else expect(await unique).toEqual(own[0] ?? null);
        expect(denied()).toEqual(before(2));
      }),
      runs,
    );
  });

  it("ends an iteration where its reader does", async () => {
    await fc.assert(
      fc.asyncProperty(owners, amount, async (rows, count) => {
        fc.pre(count > 0);
        const { own, before, secured, denied } = await read(rows, chain);
        expect(await secured((query) => firstOf(count, query))).toEqual(own.slice(0, count));
        expect(denied()).toEqual(before(count));
      }),
      runs,
    );
  });

  it("gives the own rows of each of the database's pages", async () => {
    await fc.assert(
      fc.asyncProperty(owners, fc.integer({ min: 1, max: 4 }), async (rows, numItems) => {
        const { own, foreign, raw, secured, denied } = await read(rows, chain);
        const found: Note[] = [];
        const left: Note[] = [];
        const options: PaginationOptions = { numItems, cursor: null };
        let isDone = false;
        while (!isDone) {
          const plain = await raw((query) => query.paginate(options));
          const page = await secured((query) => query.paginate(options));
          expect(page).toEqual({ ...plain, page: plain.page.filter(owns) });
          found.push(...page.page);
          left.push(...denied());
          options.cursor = page.continueCursor;
          isDone = page.isDone;
        }
        expect(found).toEqual(own);
        expect(left).toEqual(foreign);
      }),
      runs,
    );
  });
});

describe("a limit", () => {
  it("reaches the database as it is, and nothing is read twice while every row is the caller's", async () => {
    await convexTest({ schema, modules }).run(async ({ db }) => {
      for (let place = 0; place < 5; place++) await db.insert("notes", note(true, place));
      const plain = db.query("notes");
      const take = vi.spyOn(plain, "take");
      const iterate = vi.spyOn(plain, Symbol.asyncIterator);
      const again = vi.fn();
      const rows = await new SecuredQuery(plain, again, { owns, onDenied: vi.fn() }).take(3);
      expect(rows).toHaveLength(3);
      expect(take.mock.calls).toEqual([[3]]);
      expect(iterate).not.toHaveBeenCalled();
      expect(again).not.toHaveBeenCalled();
    });
  });
});

describe("a page", () => {
  it("is never longer than MAX_PAGE, however many rows a client asks for", async () => {
    await convexTest({ schema, modules }).run(async ({ db }) => {
      for (let place = 0; place <= MAX_PAGE; place++) await db.insert("notes", note(true, place));
      const start = () => db.query("notes");
      const query = new SecuredQuery(start(), start, { owns, onDenied: vi.fn() });
      const { page, isDone } = await query.paginate({ numItems: 30_000, cursor: null });
      expect(page).toHaveLength(MAX_PAGE);
      expect(isDone).toBe(false);
    });
  });
});

const owns = (row: Note) => row.own;

function note(own: boolean, place: number) {
  return { own, place, text: place % 3 === 0 ? "roof and garage" : "roof" };
}

/** A deployment with these rows, and what a query of this shape gives on it. */
async function read(rows: boolean[], chain: (start: Start) => Notes) {
  const t = convexTest({ schema, modules });
  await t.run(async ({ db }) => {
    // Places run against the order of writing.
    for (const [index, own] of rows.entries()) await db.insert("notes", note(own, 12 - index));
  });
  let left: Note[] = [];
  const start = (db: Db) =>
    new SecuredQuery(db.query("notes"), () => db.query("notes"), {
      owns,
      onDenied: (row) => left.push(row),
    });
  const raw = <Result>(reading: (query: Notes) => Promise<Result>) =>
    t.run(({ db }) => reading(chain(db.query("notes"))));
  const all = await raw((query) => query.collect());
  return {
    all,
    own: all.filter(owns),
    foreign: all.filter((row) => !row.own),
    /** The rows to leave out in front of the last of `count` own rows. */
    before(count: number): Note[] {
      const last = all.filter(owns)[count - 1];
      const end = count === 0 ? 0 : last ? all.indexOf(last) : all.length;
      return all.slice(0, end).filter((row) => !row.own);
    },
    raw,
    secured: <Result>(reading: (query: Notes) => Promise<Result>) =>
      t.run(({ db }) => reading(chain(start(db)))),
    /** What was left out since this was asked last. */
    denied(): Note[] {
      const since = left;
      left = [];
      return since;
    },
  };
}

async function firstOf(count: number, query: Notes): Promise<Note[]> {
  const rows: Note[] = [];
  for await (const row of query) if (rows.push(row) >= count) break;
  return rows;
}
