import { describe, expect, test } from "vitest";
import { CommitLog } from "../../../../local/convex/store/log.ts";
import type { Commit } from "../../../../local/convex/store/types.ts";

const commit = (ts: bigint, keyCount: number): Commit => ({
  ts,
  writeSet: { keys: new Map([[1, Array(keyCount).fill(new Uint8Array(1))]]), everything: false },
});

/** What is known of each ts: the number of commits since, or "trimmed". */
const known = (log: CommitLog, ts: bigint) => {
  const commits = log.since(ts);
  return commits === "trimmed" ? commits : [...commits].length;
};

describe("the commit log", () => {
  test.each([
    ["commits", 20_000, 1],
    ["keys", 500, 5000],
  ])("says what it no longer knows when it has had too many %s", (_, count, keys) => {
    const log = new CommitLog(0n);
    for (let ts = 1; ts <= count; ts++) log.append(commit(BigInt(ts), keys));
    expect(known(log, 0n)).toBe("trimmed");
    // From the first ts it answers for, it answers without a gap.
    let first = 0;
    while (known(log, BigInt(first)) === "trimmed") first++;
    expect(first).toBeLessThan(count);
    for (let ts = first; ts <= count; ts += 97) expect(known(log, BigInt(ts))).toBe(count - ts);
  });

  test("keeps the last commit however large it is", () => {
    const log = new CommitLog(0n);
    log.append(commit(1n, 1));
    log.append(commit(2n, 1_000_000));
    expect(known(log, 0n)).toBe("trimmed");
    expect(known(log, 1n)).toBe(1);
  });

  test("does not let a failing listener fail the commit, nor silence the others", async () => {
    const log = new CommitLog(0n);
    const heard: bigint[] = [];
    const others = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    const caught = new Promise((resolve) => process.once("uncaughtException", resolve));
    log.subscribe(() => {
      throw new Error("listener");
    });
    log.subscribe(({ ts }) => heard.push(ts));
    log.append(commit(1n, 1));
    expect(heard).toEqual([1n]);
    expect(await caught).toMatchObject({ message: "listener" });
    for (const listener of others) process.on("uncaughtException", listener);
  });
});
