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
