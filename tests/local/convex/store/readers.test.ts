/** One connection for all who read the same commit, and a snapshot only while somebody uses it. */
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { onTestFinished, expect, test } from "vitest";
import { openStore } from "../../../../local/convex/store/store.ts";
import { Readers } from "../../../../local/convex/store/readers.ts";
import { temporaryFolder } from "./harness.ts";

/** A store with a table, and readers of its file that count the connections they open. */
async function readersOfStore() {
  const file = join(temporaryFolder(), "data.db");
  const store = openStore({ file });
  onTestFinished(() => store.close());
  const write = async () => (await store.mutate((tx) => tx.insert("", "notes", {}))).ts;
  let opened = 0;
  const readers = new Readers(() => {
    opened++;
    return new DatabaseSync(file, { readOnly: true });
  });
  onTestFinished(() => readers.close());
  return { readers, write, ts: await write(), opened: () => opened };
}

test("all leases of one commit share a connection", async () => {
  const { readers, ts, opened } = await readersOfStore();
  const leases = Array.from({ length: 100 }, () => readers.lease(ts));
  expect(opened()).toBe(1);
  for (const { release } of leases) release();
  expect(leases[0]!.connection.database.isTransaction).toBe(false);
});

test("a lease keeps its commit although others came, and its connection is used again later", async () => {
  const { readers, write, ts, opened } = await readersOfStore();
  const old = readers.lease(ts);
  const next = readers.lease(await write());
  expect(old.connection.readState().ts).toBe(ts);
  expect(next.ts).toBeGreaterThan(ts);
  old.release();
  next.release();
  const again = [readers.lease(next.ts), readers.lease(await write())];
  expect(opened()).toBe(2);
  for (const { release } of again) release();
});

test("releasing twice ends nobody else's snapshot", async () => {
  const { readers, ts } = await readersOfStore();
  const [mine, theirs] = [readers.lease(ts), readers.lease(ts)];
  mine.release();
  mine.release();
  expect(theirs.connection.database.isTransaction).toBe(true);
  theirs.release();
});
