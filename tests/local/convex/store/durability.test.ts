import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { openStore } from "../../../../local/convex/store/store.ts";
import { drain, insert, reading, scanQuery, temporaryFolder } from "./harness.ts";

const program = join(import.meta.dirname, "crashingWriter.ts");

/** Lets the writer run for a while, kills it with -9, and gives what it had acknowledged. */
async function writeUntilKilled(file: string, start: number, ms: number) {
  const child = spawn(process.execPath, ["--no-warnings", program, file, String(start)]);
  let output = "";
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("\n")) resolve();
    });
    child.stderr.on("data", (chunk: Buffer) => reject(new Error(chunk.toString())));
  });
  await ready;
  setTimeout(() => child.kill("SIGKILL"), ms);
  await once(child, "close");
  const [first, ...lines] = output.split("\n").slice(0, -1);
  const acknowledged = lines.map((line) => line.split(" "));
  return {
    tsAtStart: BigInt(first!.split(" ")[1]!),
    numbers: acknowledged.map(([n]) => Number(n)),
    lastTs: BigInt(acknowledged.at(-1)?.[1] ?? 0),
  };
}

describe("after kill -9", () => {
  test("no acknowledged commit is lost, none is there twice, and time goes on", async () => {
    const file = join(temporaryFolder(), "data.db");
    let next = 0;
    let lastTs = 0n;
    for (let round = 0; round < 6; round++) {
      const run = await writeUntilKilled(file, next, 30 + round * 37);
      expect(run.tsAtStart).toBeGreaterThanOrEqual(lastTs);
      const store = openStore({ file });
      const stored = reading(store, (tx) =>
        drain(tx.query("", scanQuery("writes"))).map(({ n }) => n as number),
      );
      // At most one commit may be there that nobody was told of.
      const acknowledged = run.numbers.at(-1) ?? next - 1;
      expect(stored).toEqual([...Array(stored.length).keys()]);
      expect(stored.length).toBeGreaterThanOrEqual(acknowledged + 1);
      expect(stored.length).toBeLessThanOrEqual(acknowledged + 2);
      expect(store.latestTs()).toBeGreaterThanOrEqual(run.lastTs);
      next = stored.length;
      lastTs = store.latestTs();
      await store.close();
      const check = new DatabaseSync(file).prepare("PRAGMA quick_check").get();
      expect(check).toEqual({ quick_check: "ok" });
    }
    expect(next).toBeGreaterThan(10);
  });
});

describe("opening again", () => {
  test("finds everything, and never goes back in time, even if the clock does", async () => {
    const file = join(temporaryFolder(), "made", "on", "demand", "data.db");
    const first = openStore({ file, now: () => 2_000_000_000_000 });
    const id = await insert(first, "t", { name: "kept" });
    const [ts, time] = [first.latestTs(), reading(first, (tx) => tx.get("", id))!._creationTime];
    await first.close();

    const second = openStore({ file, now: () => 1_000_000_000_000 });
    expect(second.latestTs()).toBe(ts);
    const later = await insert(second, "t", { name: "later" });
    expect(second.latestTs()).toBeGreaterThan(ts);
    reading(second, (tx) => {
      expect(tx.get("", id)).toMatchObject({ name: "kept" });
      expect(tx.get("", later)!._creationTime).toBeGreaterThan(time);
      expect(tx.ts).toBe(second.latestTs());
    });
    await second.close();
    expect(() => second.snapshot()).toThrow("closed");
  });

  test("waits for mutations that are under way before it closes", async () => {
    const file = join(temporaryFolder(), "data.db");
    const store = openStore({ file });
    const slow = store.mutate(async (tx) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return tx.insert("", "t", {});
    });
    await store.close();
    const { result } = await slow;
    const again = openStore({ file });
    expect(reading(again, (tx) => tx.get("", result))).not.toBeNull();
    await again.close();
  });
});

describe("a file is refused and left as it was", () => {
  async function goodFile(): Promise<string> {
    const file = join(temporaryFolder(), "data.db");
    const store = openStore({ file });
    for (let i = 0; i < 50; i++) await insert(store, "t", { text: "x".repeat(500) });
    await store.close();
    return file;
  }

  test.each<[string, (file: string) => void, string]>([
    [
      "is no database",
      (file) => writeFileSync(file, "hello ".repeat(100)),
      "is not a data file of the local Convex engine",
    ],
    [
      "is another program's database",
      (file) => {
        writeFileSync(file, "");
        new DatabaseSync(file).exec("CREATE TABLE t (a)");
      },
      "is a database of another program",
    ],
    [
      "was written by a newer version",
      (file) => {
        const database = new DatabaseSync(file);
        database.exec("PRAGMA user_version = 99");
        database.close();
      },
      "was written by a newer version of the local Convex engine (layout 99, this one knows 1)",
    ],
    ["is cut off", (file) => truncateSync(file, 8192), "is corrupt: a part of it is missing"],
    [
      "is damaged inside",
      (file) => {
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 4096 * 3, 4096 * 6);
        writeFileSync(file, bytes);
      },
      "is corrupt:",
    ],
  ])("when it %s", async (_, spoil, reason) => {
    const file = await goodFile();
    spoil(file);
    const before = readFileSync(file);
    expect(() => openStore({ file })).toThrow(`The data file ${file} ${reason}`);
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test("when it cannot be written", () => {
    const folder = temporaryFolder();
    const directory = join(folder, "data.db");
    mkdirSync(directory);
    expect(() => openStore({ file: directory })).toThrow("cannot be written");
    writeFileSync(join(folder, "plain"), "x");
    expect(() => openStore({ file: join(folder, "plain", "data.db") })).toThrow(
      "cannot be written",
    );
    expect(statSync(join(folder, "plain")).size).toBe(1);
  });

  test("while somebody else has it open", async () => {
    const file = join(temporaryFolder(), "data.db");
    const owner = openStore({ file });
    expect(() => openStore({ file })).toThrow("is in use by another process");
    await insert(owner, "t", {});
    await owner.close();
    await openStore({ file }).close();
  });
});
