/** Indexed reads at 1,000 and at a million documents, raw SQLite beside them; start and memory. */
import { fork, execFileSync } from "node:child_process";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { percentile, report } from "../figures.ts";
import { FUNCTIONS, NOTES_PER_OWNER, startInProcess, type InProcess } from "./inProcess.ts";

const MAIN = join(import.meta.dirname, "../../../local/convex/main.ts");
const WARM_UP = 200;
const ROUNDS = 3000;

/** Fills `dataDir` step by step and measures on the way. */
export async function measureReads(dataDir: string, million: number): Promise<void> {
  const engine = await startInProcess(dataDir);
  try {
    await engine.fill(1000);
    const small = await times(engine, 1000);
    report("engine.take25_p50_ms_1k", percentile(small, 0.5), "ms");
    await engine.fill(million);
    const large = await times(engine, million);
    report("engine.take25_p50_ms_1m", percentile(large, 0.5), "ms");
    report("engine.take25_p99_ms_1m", percentile(large, 0.99), "ms");
  } finally {
    await engine.close();
  }
  report("engine.raw_sqlite_take25_p50_ms_1m", percentile(rawTimes(dataDir), 0.5), "ms");
  await measureStart(dataDir, million);
}

async function times(engine: InProcess, documents: number): Promise<number[]> {
  const found: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const owner = `owner ${Math.floor((Math.random() * documents) / NOTES_PER_OWNER)}`;
    const began = performance.now();
    await engine.run("query", "notes:newest", { owner });
    if (round >= WARM_UP) found.push(performance.now() - began);
  }
  return found;
}

/** The same read as one statement: 25 keys before a random one, and their documents, parsed. */
function rawTimes(dataDir: string): number[] {
  const database = new DatabaseSync(join(dataDir, "data.sqlite"), { readOnly: true });
  try {
    const index = database
      .prepare("SELECT id FROM indexes WHERE name = 'by_owner'")
      .get() as unknown as { id: number };
    const keys = database
      .prepare("SELECT key FROM idx WHERE index_id = ? ORDER BY random() LIMIT 500")
      .all(index.id) as unknown as { key: Uint8Array }[];
    const read = database.prepare(
      `SELECT i.key, d.val FROM idx i CROSS JOIN docs d ON d.row = i.row
       WHERE i.index_id = ? AND i.key <= ? ORDER BY i.key DESC LIMIT 25`,
    );
    const found: number[] = [];
    for (let round = 0; round < WARM_UP + ROUNDS; round++) {
      const began = performance.now();
      const rows = read.all(index.id, keys[round % keys.length]!.key) as unknown as {
        val: string;
      }[];
      for (const { val } of rows) JSON.parse(val);
      if (round >= WARM_UP) found.push(performance.now() - began);
    }
    return found;
  } finally {
    database.close();
  }
}

/** As a program of its own: from its start to "ready", and what it holds after many reads. */
async function measureStart(dataDir: string, documents: number): Promise<void> {
  const began = performance.now();
  const args = ["--functions", FUNCTIONS, "--data", dataDir, "--port", "0", "--site-port", "0"];
  const child = fork(MAIN, args, { silent: true });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.once("message", (message) => resolve((message as { url: string }).url));
      child.once("exit", () => reject(new Error("The engine did not start.")));
    });
    report("engine.start_s_1m", (performance.now() - began) / 1000, "s");
    for (let round = 0; round < ROUNDS; round++) {
      const owner = `owner ${Math.floor((Math.random() * documents) / NOTES_PER_OWNER)}`;
      const body = JSON.stringify({ path: "notes:newest", args: { owner }, format: "json" });
      await (await fetch(`${url}/api/query`, { method: "POST", body })).text();
    }
    const rss = execFileSync("ps", ["-o", "rss=", "-p", String(child.pid)], { encoding: "utf8" });
    report("engine.rss_mb_1m", (Number(rss) * 1024) / 1e6, "MB");
  } finally {
    child.removeAllListeners("exit");
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  }
}
