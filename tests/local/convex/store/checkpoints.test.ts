/** The write-ahead log is moved into the data file beside the work, and starts over. */
import { copyFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { openStore } from "../../../../local/convex/store/store.ts";
import { emptyStore, insert, reading, temporaryFolder } from "./harness.ts";

const MEGABYTE = "x".repeat(1_000_000);

test(
  "a long log reaches the data file while the store is open, and starts over",
  {
    timeout: 60_000,
  },
  async () => {
    const folder = temporaryFolder();
    const [file, copy] = [join(folder, "data.db"), join(folder, "copy.db")];
    const store = emptyStore({ file });
    const logSize = () => statSync(`${file}-wal`).size;
    // Until it stays as it is although another 10 MB are written.
    await vi.waitFor(
      async () => {
        const before = logSize();
        for (let i = 0; i < 10; i++) await insert(store, "notes", { text: MEGABYTE });
        expect(logSize()).toBe(before);
      },
      { timeout: 50_000, interval: 300 },
    );
    copyFileSync(file, copy);
    const moved = openStore({ file: copy });
    onTestFinished(() => moved.close());
    expect(reading(moved, (tx) => tx.count("", "notes"))).toBeGreaterThan(10);
  },
);

test(
  "a mutation that lasts longer than the log is left alone does not keep it from being moved",
  {
    timeout: 30_000,
  },
  async () => {
    const file = join(temporaryFolder(), "data.db");
    const store = emptyStore({ file });
    for (let i = 0; i < 40; i++) await insert(store, "notes", { text: MEGABYTE });
    const size = statSync(file).size;
    await store.mutate(() => new Promise((resolve) => setTimeout(resolve, 1000)));
    await vi.waitFor(() => expect(statSync(file).size).toBeGreaterThan(size), { timeout: 20_000 });
  },
);
