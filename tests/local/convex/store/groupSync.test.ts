/** Nobody is told of a commit that is not on disk, and one sync serves all who wait. */
import fs from "node:fs";
import { expect, onTestFinished, test, vi } from "vitest";
import { emptyStore, insert, reading } from "./harness.ts";

/** Holds every sync back until it is released. */
function heldSyncs() {
  const held: ((error: Error | null) => void)[] = [];
  const spy = vi.spyOn(fs, "fdatasync");
  spy.mockImplementation((_descriptor, done) => void held.push(done as (typeof held)[number]));
  onTestFinished(() => spy.mockRestore());
  return held;
}

/** Turns of the event loop in which whatever can happen does. */
async function aWhile(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 20));
}

test("a commit is visible at once, but done only when it is on disk", async () => {
  const store = emptyStore();
  await insert(store, "notes", {});
  const syncs = heldSyncs();
  let done = false;
  const write = insert(store, "notes", {}).then(() => (done = true));
  await aWhile();
  expect(reading(store, (tx) => tx.count("", "notes"))).toBe(2);
  expect(done).toBe(false);
  expect(store.durable()).toBeDefined();
  syncs.shift()!(null);
  await write;
  expect(store.durable()).toBeUndefined();
});

test("commits that come while a sync runs share the next one", async () => {
  const store = emptyStore();
  await insert(store, "notes", {});
  const syncs = heldSyncs();
  let done = 0;
  const writes = Array.from({ length: 10 }, () => insert(store, "notes", {}).then(() => done++));
  await aWhile();
  // The first sync began before the later commits, so it proves nothing for them.
  expect(syncs).toHaveLength(1);
  syncs.shift()!(null);
  await aWhile();
  expect(done).toBeLessThan(10);
  expect(syncs).toHaveLength(1);
  syncs.shift()!(null);
  await Promise.all(writes);
});

test("a mutation that only reads waits for what it has read", async () => {
  const store = emptyStore();
  await insert(store, "notes", {});
  const syncs = heldSyncs();
  const write = insert(store, "notes", {});
  let read = false;
  const reader = store.mutate((tx) => tx.count("", "notes")).then(() => (read = true));
  await aWhile();
  expect(read).toBe(false);
  syncs.shift()!(null);
  await Promise.all([write, reader]);
});

test("what a reader saw holds for the disk at once, if nothing of it is on its way there", async () => {
  const store = emptyStore();
  await insert(store, "notes", {});
  await insert(store, "tasks", {});
  const onDisk = store.latestTs();
  const syncs = heldSyncs();
  const write = insert(store, "notes", {});
  await aWhile();
  const readsOf = (table: string) =>
    reading(store, (tx) => {
      tx.count("", table);
      return tx.reads;
    });
  const latest = store.latestTs();
  expect(latest).toBeGreaterThan(onDisk);
  expect(await store.shownAt(latest, [readsOf("tasks")])).toBe(onDisk);
  let shown: bigint | null = null;
  const waiting = store
    .shownAt(latest, [readsOf("tasks"), readsOf("notes")])
    .then((ts) => (shown = ts));
  await aWhile();
  expect(shown).toBeNull();
  syncs.shift()!(null);
  await Promise.all([write, waiting]);
  expect(shown).toBe(latest);
  expect(await store.shownAt(latest, [readsOf("notes")])).toBe(latest);
});

test("a disk that refuses is told to whoever waits", async () => {
  const store = emptyStore();
  await insert(store, "notes", {});
  const syncs = heldSyncs();
  const write = insert(store, "notes", {});
  const refused = expect(write).rejects.toThrow("no space");
  await aWhile();
  syncs.shift()!(new Error("no space"));
  await refused;
});
