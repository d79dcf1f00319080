import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { report } from "./figures.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const PORT = 14_600;
const LIMIT_MS = 300_000;
/** Until garbage of the start is collected and nothing is left to do. */
const SETTLE_MS = 10_000;

/** start.*: how long `npm start` takes, first (nothing built, no data) and again, and what it keeps in memory. */
export async function measureStart(): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), "sunup-bench-"));
  try {
    rmSync(join(ROOT, ".next"), { recursive: true, force: true });
    const first = await start(data);
    report("start.first_ready_s", first.seconds, "s");
    await stop(first.process);

    const warm = await start(data);
    report("start.warm_ready_s", warm.seconds, "s");
    await sleep(SETTLE_MS);
    report("start.idle_rss_mb", residentMb(warm.process.pid ?? 0), "MB");
    await stop(warm.process);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

type Started = { process: ChildProcess; seconds: number };

/** What `npm start` runs, without npm itself: npm's own start depends on its version, not on us. */
function start(data: string): Promise<Started> {
  const began = performance.now();
  const args = ["local/bootstrap.mjs", "start", "--port", String(PORT), "--data", data];
  const child = spawn("node", args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  let output = "";
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      child.kill("SIGKILL");
      reject(new Error(`Not ready within ${LIMIT_MS / 1000} s:\n${output}`));
    }, LIMIT_MS);
    child.once("exit", () => reject(new Error(`It ended before it was ready:\n${output}`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes("Sunup is ready at ")) return;
      clearTimeout(limit);
      resolve({ process: child, seconds: (performance.now() - began) / 1000 });
    });
  });
}

async function stop(child: ChildProcess): Promise<void> {
  const exited = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  await exited;
}

/** Resident memory of a process and all below it, Next's server aside, in MB (10^6 bytes). */
function residentMb(rootPid: number): number {
  const processes = execFileSync("ps", ["-e", "-o", "pid=,ppid=,rss=,args="], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => {
      const [pid, parent, kilobytes, ...args] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), kilobytes: Number(kilobytes), args };
    });
  const sum = (pid: number): number => {
    const self = processes.find((each) => each.pid === pid);
    if (!self || /^next-server/.test(self.args.join(" "))) return 0;
    const below = processes.filter(({ parent }) => parent === pid);
    return below.reduce((total, each) => total + sum(each.pid), self.kilobytes);
  };
  const kilobytes = sum(rootPid);
  if (kilobytes === 0) throw new Error("The stack's processes were not found.");
  return (kilobytes * 1024) / 1e6;
}
