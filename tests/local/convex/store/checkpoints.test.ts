/** The write-ahead log is moved into the data file beside the work, and starts over. */
import { copyFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openStore } from "../../../../local/convex/store/store.ts";
import { emptyStore, insert, reading, temporaryFolder } from "./harness.ts";

const MEGABYTE = "x".repeat(1_000_000);

test("commits reach the data file while the store is open", { timeout: 20_000 }, async () => {
  const folder = temporaryFolder();
  const store = emptyStore({ file: join(folder, "data.db") });
  for (let i = 0; i < 3; i++) await insert(store, "notes", { text: MEGABYTE });
  const copy = join(folder, "copy.db");
  await vi.waitFor(
    async () => {
      copyFileSync(join(folder, "data.db"), copy);
      const moved = openStore({ file: copy });
      const count = reading(moved, (tx) => tx.count("", "notes"));
      await moved.close();
      expect(count).toBe(3);
    },
    { timeout: 15_000, interval: 200 },
  );
});

test("the log does not grow with all that is written", { timeout: 60_000 }, async () => {
  const folder = temporaryFolder();
  const store = emptyStore({ file: join(folder, "data.db") });
  const logSize = () => statSync(join(folder, "data.db-wal")).size;
  let written = 0;
  // Until it stays as it is although another 10 MB are written.
  await vi.waitFor(
    async () => {
      const before = logSize();
      for (let i = 0; i < 10; i++) await insert(store, "notes", { text: MEGABYTE });
      written += 10 * MEGABYTE.length;
      expect(logSize()).toBe(before);
    },
    { timeout: 50_000, interval: 300 },
  );
  expect(logSize()).toBeLessThan(written);
});
