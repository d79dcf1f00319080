import fc from "fast-check";
import { defineSchema, defineTable } from "convex/server";
import { v, type JSONValue } from "convex/values";
import { describe, expect, test } from "vitest";
import { eq, indexQuery, reading, scanQuery, storeWith } from "./harness.ts";
import type { Page, QueryJson, Store } from "../../../../local/convex/store/types.ts";

const schema = defineSchema({
  rows: defineTable({ owner: v.string(), n: v.number() }).index("by_owner_n", ["owner", "n"]),
});
const mine = (order: "asc" | "desc" = "asc") =>
  indexQuery("rows.by_owner_n", [eq("owner", "me")], order);

type Options = { endCursor?: string | null; maximumRowsRead?: number; maximumBytesRead?: number };
function page(
  store: Store,
  query: QueryJson,
  cursor: string | null,
  pageSize: number,
  options: Options = {},
): Page {
  return reading(store, (tx) => tx.queryPage("", { query, cursor, pageSize, ...options }));
}
const numbers = (result: Page) => result.page.map(({ n }) => n);

async function filled(count: number): Promise<Store> {
  const store = await storeWith(schema);
  await store.mutate((tx) => {
    for (let n = 0; n < count; n++) {
      tx.insert("", "rows", { owner: "above", n });
      tx.insert("", "rows", { owner: "me", n });
      tx.insert("", "rows", { owner: "other", n });
    }
  });
  return store;
}

describe("pages", () => {
  test("together are the whole range, in both orders", async () => {
    const store = await filled(25);
    for (const order of ["asc", "desc"] as const) {
      const seen: unknown[] = [];
      let cursor: string | null = null;
      let isDone = false;
      while (!isDone) {
        const result: Page = page(store, mine(order), cursor, 10);
        seen.push(...numbers(result));
        ({ continueCursor: cursor, isDone } = result);
      }
      const all = [...Array(25).keys()];
      expect(seen).toEqual(order === "asc" ? all : all.reverse());
    }
  });

  test("stay gapless and without repeats while rows come and go", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom("asc" as const, "desc" as const),
        fc.array(fc.record({ add: fc.boolean(), n: fc.integer({ min: 0, max: 60 }) }), {
          maxLength: 25,
        }),
        async (order, changes) => {
          const store = await storeWith(schema);
          const ids = new Map<number, string>();
          await store.mutate((tx) => {
            for (let n = 0; n <= 60; n += 3) ids.set(n, tx.insert("", "rows", { owner: "me", n }));
          });
          // Three pages, then changes anywhere, then the same pages again up to where each ended.
          const first = page(store, mine(order), null, 5);
          const second = page(store, mine(order), first.continueCursor, 5);
          await store.mutate((tx) => {
            for (const { add, n } of changes) {
              const id = ids.get(n);
              if (add && id === undefined) ids.set(n, tx.insert("", "rows", { owner: "me", n }));
              if (!add && id !== undefined) {
                tx.remove("", id);
                ids.delete(n);
              }
            }
          });
          const again = [
            page(store, mine(order), null, 5, { endCursor: first.continueCursor }),
            page(store, mine(order), first.continueCursor, 5, { endCursor: second.continueCursor }),
            page(store, mine(order), second.continueCursor, 1000),
          ];
          expect(again[0]!.continueCursor).toBe(first.continueCursor);
          const expected = [...ids.keys()].sort((a, b) => (order === "asc" ? a - b : b - a));
          expect(again.flatMap(numbers)).toEqual(expected);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("do not end before a read has found nothing more", async () => {
    const store = await filled(10);
    const first = page(store, mine(), null, 10);
    expect([first.page.length, first.isDone]).toEqual([10, false]);
    const second = page(store, mine(), first.continueCursor, 10);
    expect([second.page.length, second.isDone]).toEqual([0, true]);
    const past = page(store, mine(), second.continueCursor, 10);
    expect([past.page.length, past.isDone]).toEqual([0, true]);
  });

  test("count what passes the filter, and stop at the rows or bytes they may read", async () => {
    const store = await filled(40);
    const filter: JSONValue = {
      $eq: [{ $mod: [{ $field: "n" }, { $literal: 10 }] }, { $literal: 0 }],
    };
    const sparse = { ...mine(), operators: [{ filter }] };
    expect(numbers(page(store, sparse, null, 3))).toEqual([0, 10, 20]);
    const capped = page(store, sparse, null, 3, { maximumRowsRead: 15 });
    expect(numbers(capped)).toEqual([0, 10]);
    expect(capped).toMatchObject({ isDone: false, pageStatus: "SplitRequired" });
    expect(numbers(page(store, sparse, capped.continueCursor, 3))).toEqual([20, 30]);
    const small = page(store, mine(), null, 30, { maximumBytesRead: 400 });
    expect(small.pageStatus).toBe("SplitRequired");
    expect(small.page.length).toBeGreaterThan(0);
    expect(small.page.length).toBeLessThan(30);
  });

  test("can be split in two at the split cursor", async () => {
    const store = await filled(9);
    const whole = page(store, mine(), null, 9);
    const left = page(store, mine(), null, 9, { endCursor: whole.splitCursor });
    const right = page(store, mine(), whole.splitCursor, 9, { endCursor: whole.continueCursor });
    expect([...numbers(left), ...numbers(right)]).toEqual(numbers(whole));
    expect(left.page.length).toBeGreaterThan(2);
    expect(right.page.length).toBeGreaterThan(2);
  });

  test("that would pass the transaction's limits ask to be split and lose nothing", async () => {
    const store = await filled(30);
    const tx = store.snapshot({ limits: { documentsRead: 12 } });
    const result = tx.queryPage("", { query: mine(), cursor: null, pageSize: 20 });
    tx.close();
    expect(numbers(result)).toEqual([...Array(12).keys()]);
    expect(result.pageStatus).toBe("SplitRequired");
    expect(numbers(page(store, mine(), result.continueCursor, 2))).toEqual([12, 13]);
  });

  test("take no cursor of another query, nor a text that is none", async () => {
    const store = await filled(20);
    const { continueCursor } = page(store, mine(), null, 5);
    const others = indexQuery("rows.by_owner_n", [eq("owner", "other")]);
    for (const [query, cursor] of [
      [others, continueCursor],
      [scanQuery("rows"), continueCursor],
      [mine("desc"), continueCursor],
      [mine(), "nonsense"],
      [mine(), ""],
    ] as const) {
      expect(() => page(store, query, cursor, 5)).toThrow("InvalidCursor");
    }
  });

  test("cannot be led out of their range by a forged cursor", async () => {
    const store = await filled(20);
    for (const [order, position] of [
      ["desc", Buffer.alloc(20, 0xff)],
      ["asc", Buffer.alloc(0)],
    ] as const) {
      const { continueCursor } = page(store, mine(order), null, 1);
      const fingerprint = Buffer.from(continueCursor, "base64url").subarray(0, 9);
      const forged = Buffer.concat([fingerprint, position]).toString("base64url");
      const owners = page(store, mine(order), forged, 100).page.map(({ owner }) => owner);
      expect(new Set(owners)).toEqual(new Set(["me"]));
    }
  });

  test("refuse what makes no sense", async () => {
    const store = await filled(1);
    expect(() => page(store, mine(), null, 0)).toThrow("at least 1 document");
    expect(() => page(store, mine(), null, 1, { maximumRowsRead: 0 })).toThrow("greater than 0");
    const limited = { ...mine(), operators: [{ limit: 3 }] };
    expect(() => page(store, limited, null, 1)).toThrow("cannot have a limit");
  });
});

test("a page without a cursor is the first one", async () => {
  const store = await filled(3);
  const first = reading(store, (tx) => tx.queryPage("", { query: mine(), pageSize: 2 }));
  expect(numbers(first)).toEqual([0, 1]);
});
