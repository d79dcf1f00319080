import { describe, expect, test } from "vitest";
import { overlaps } from "../../../../local/convex/store/readset.ts";
import { drain, emptyStore, insert, reading, scanQuery } from "./harness.ts";
import type { Commit, Store, WriteTransaction } from "../../../../local/convex/store/types.ts";

const names = (store: Store) =>
  reading(store, (tx) => drain(tx.query("", scanQuery("t"))).map(({ name }) => name));
const add = (tx: WriteTransaction, name: string) => tx.insert("", "t", { name });
const failure = new Error("on purpose");

describe("a mutation", () => {
  test("that throws leaves nothing behind, not even the table it created", async () => {
    const store = emptyStore();
    const before = store.latestTs();
    await expect(
      store.mutate((tx) => {
        add(tx, "lost");
        throw failure;
      }),
    ).rejects.toBe(failure);
    expect(names(store)).toEqual([]);
    expect(store.latestTs()).toBe(before);
    await store.mutate((tx) => add(tx, "kept"));
    expect(names(store)).toEqual(["kept"]);
  });

  test("runs alone, in the order asked for, also when it waits in between", async () => {
    const store = emptyStore();
    await insert(store, "t", { name: "counter", value: 0 });
    const increments = Array.from({ length: 20 }, () =>
      store.mutate(async (tx) => {
        const [counter] = drain(tx.query("", scanQuery("t")));
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
        tx.patch("", counter!._id, { value: (counter!.value as number) + 1 });
        return counter!.value;
      }),
    );
    const results = await Promise.all(increments);
    expect(results.map(({ result }) => result)).toEqual([...Array(20).keys()]);
    expect(results.every(({ ts }, i) => i === 0 || ts > results[i - 1]!.ts)).toBe(true);
  });

  test("that wrote nothing commits nothing", async () => {
    const store = emptyStore();
    const id = await insert(store, "t", { name: "same" });
    const before = store.latestTs();
    const { ts, writeSet } = await store.mutate((tx) => tx.patch("", id, { name: "same" }));
    expect(ts).toBe(before);
    expect(writeSet.keys.size).toBe(0);
  });

  test("cannot be used once it has ended", async () => {
    const store = emptyStore();
    let leaked: WriteTransaction | undefined;
    await store.mutate((tx) => {
      leaked = tx;
    });
    expect(() => add(leaked!, "late")).toThrow("has ended");
  });
});

describe("a savepoint", () => {
  test("that fails takes back its own writes and those inside it, and no others", async () => {
    const store = emptyStore();
    const { writeSet, readSet } = await store.mutate(async (tx) => {
      add(tx, "outer");
      await tx.savepoint(async () => add(tx, "good"));
      await expect(
        tx.savepoint(async () => {
          add(tx, "bad");
          tx.insert("", "created", {});
          await tx.savepoint(async () => add(tx, "inside bad"));
          drain(tx.query("", scanQuery("elsewhere")));
          throw failure;
        }),
      ).rejects.toBe(failure);
      await tx.savepoint(async () => {
        add(tx, "before");
        await tx
          .savepoint(async () => {
            add(tx, "deep bad");
            throw failure;
          })
          .catch(() => undefined);
        add(tx, "after");
      });
    });
    expect(names(store)).toEqual(["outer", "good", "before", "after"]);
    expect(reading(store, (tx) => tx.count("", "created"))).toBe(0);

    // The undone writes touch nobody; the reads made inside still count.
    const written = [...writeSet.keys.values()].map((keys) => keys.length);
    // By name and number of the new table, then by_id and by_creation_time of its four documents.
    expect(written).toEqual([2, 4, 4]);
    const { writeSet: later } = await store.mutate((tx) => tx.insert("", "elsewhere", {}));
    expect(overlaps(readSet, later)).toBe(true);
  });

  test("that fails after creating a table lets the table be created again", async () => {
    const store = emptyStore();
    const { result: id } = await store.mutate(async (tx) => {
      await tx
        .savepoint(async () => {
          tx.insert("", "fresh", {});
          throw failure;
        })
        .catch(() => undefined);
      return tx.insert("", "fresh", { name: "second" });
    });
    await insert(store, "other", {});
    reading(store, (tx) => {
      expect(tx.get("", id)).toMatchObject({ name: "second" });
      expect(tx.count("", "fresh")).toBe(1);
      expect(tx.count("", "other")).toBe(1);
    });
  });
});

describe("savepoints started at once", () => {
  test("run one after the other, each keeping or losing its own writes only", async () => {
    const store = emptyStore();
    const pause = () => new Promise((resolve) => setTimeout(resolve, 2));
    await store.mutate(async (tx) => {
      const child = (name: string, fails: boolean) =>
        tx.savepoint(async () => {
          add(tx, `${name} 1`);
          await pause();
          await Promise.allSettled([
            tx.savepoint(async () => add(tx, `${name} inner`)),
            tx.savepoint(async () => {
              await pause();
              add(tx, `${name} inner lost`);
              throw failure;
            }),
          ]);
          add(tx, `${name} 2`);
          if (fails) throw failure;
        });
      await Promise.allSettled([child("a", false), child("b", true), child("c", false)]);
    });
    expect(names(store)).toEqual(["a 1", "a inner", "a 2", "c 1", "c inner", "c 2"]);
  });
});

describe("a snapshot", () => {
  test("sees one commit, whatever is committed after it", async () => {
    const store = emptyStore();
    await store.mutate((tx) => add(tx, "first"));
    const old = store.snapshot();
    await store.mutate((tx) => add(tx, "second"));
    const recent = store.snapshot();
    const read = (tx: typeof old) => drain(tx.query("", scanQuery("t"))).map(({ name }) => name);
    expect(read(old)).toEqual(["first"]);
    expect(read(recent)).toEqual(["first", "second"]);
    expect(recent.ts).toBe(store.latestTs());
    expect(old.ts).toBeLessThan(recent.ts);
    old.close();
    recent.close();
    old.close();
    expect(() => read(old)).toThrow("has ended");
  });

  test("does not see a mutation that is under way", async () => {
    const store = emptyStore();
    const seen = await store.mutate(async (tx) => {
      add(tx, "not yet");
      await tx.savepoint(async () => add(tx, "nor this"));
      return names(store);
    });
    expect(seen.result).toEqual([]);
  });
});

describe("the commit log", () => {
  test("tells of each commit once, in order, and can be asked from any of them on", async () => {
    const store = emptyStore();
    const heard: Commit[] = [];
    const stop = store.commits.subscribe((commit) => heard.push(commit));
    const start = store.latestTs();
    const ts: bigint[] = [];
    for (let i = 0; i < 5; i++) ts.push((await store.mutate((tx) => add(tx, `${i}`))).ts);
    stop();
    await store.mutate((tx) => add(tx, "unheard"));
    expect(heard.map((commit) => commit.ts)).toEqual(ts);
    const since = (from: bigint) => [...(store.commits.since(from) as Commit[])].map((c) => c.ts);
    expect(since(start).slice(0, 5)).toEqual(ts);
    expect(since(ts[2]!)).toEqual([ts[3], ts[4], store.latestTs()]);
    expect(since(store.latestTs())).toEqual([]);
    expect(store.commits.since(start - 1n)).toBe("trimmed");
  });
});

describe("limits", () => {
  test.each([
    ["documentsRead", "Too many documents read in a single function execution (limit: 5)"],
    ["bytesRead", "Too many bytes read in a single function execution (limit: 5 bytes)"],
  ] as const)("of %s stop a query", async (limit, message) => {
    const store = emptyStore();
    for (let i = 0; i < 8; i++) await insert(store, "t", { name: `${i}` });
    const tx = store.snapshot({ limits: { [limit]: 5 } });
    expect(() => drain(tx.query("", scanQuery("t")))).toThrow(message);
    tx.close();
  });

  test("of index ranges count a range once however often it is read", async () => {
    const store = emptyStore();
    const ids: string[] = [];
    for (let i = 0; i < 6; i++) ids.push(await insert(store, "t", {}));
    const tx = store.snapshot({ limits: { indexRanges: 5 } });
    for (let i = 0; i < 20; i++) tx.get("", ids[i % 5]!);
    expect(() => tx.get("", ids[5]!)).toThrow(
      "Too many reads in a single function execution (limit: 5)",
    );
    tx.close();
  });

  test.each([
    ["documentsWritten", "Too many writes in a single function execution (limit: 5)"],
    ["bytesWritten", "Too many bytes written in a single function execution (limit: 5 bytes)"],
  ] as const)("of %s undo the whole mutation", async (limit, message) => {
    const store = emptyStore();
    const write = store.mutate(
      (tx) => {
        for (let i = 0; i < 8; i++) add(tx, `${i}`);
      },
      { limits: { [limit]: 5 } },
    );
    await expect(write).rejects.toThrow(message);
    expect(names(store)).toEqual([]);
  });

  test("are Convex's unless said otherwise, and do not count the engine's own tables", async () => {
    const store = emptyStore();
    const insertMany = (table: string, limits?: false) =>
      store.mutate(
        (tx) => {
          for (let i = 0; i < 16_001; i++) tx.insert("", table, {});
          return { ...tx.metrics };
        },
        limits === false ? { limits } : {},
      );
    await expect(insertMany("t")).rejects.toThrow("(limit: 16000)");
    expect((await insertMany("t", false)).result.documentsWritten).toBe(16_001);
    expect((await insertMany("__requests")).result.documentsWritten).toBe(0);
  });
});

describe("the event loop", () => {
  test("gets turns while a queue of mutations is busy, and during a long one that breathes", async () => {
    const store = emptyStore();
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await Promise.all(Array.from({ length: 500 }, (_, i) => store.mutate((tx) => add(tx, `${i}`))));
    const afterQueue = turns;
    await store.mutate(async (tx) => {
      for (let i = 0; i < 5000; i++) {
        add(tx, `${i}`);
        await store.breathe();
      }
    });
    clearInterval(timer);
    expect(afterQueue).toBeGreaterThan(5);
    expect(turns - afterQueue).toBeGreaterThan(5);
  });
});
