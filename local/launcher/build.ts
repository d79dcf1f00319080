import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startChild } from "./child.ts";
import { takeExclusiveLock } from "./exclusiveLock.ts";
import { localBuildEnv } from "./environment.ts";
import { Problem } from "./problem.ts";
import { step } from "./progress.ts";
import { sourceFingerprint } from "./sourceFingerprint.ts";
import type { Supervisor } from "./supervisor.ts";

/**
 * Builds the app unless the last build was made from the same sources. Two launchers at once take
 * turns, so neither sees the other's half-written build. Throws a Problem when the build fails.
 */
export async function buildIfChanged(
  root: string,
  options: { logFile: string; echo: boolean; supervisor: Supervisor },
): Promise<void> {
  const lock = await lockBuild(root);
  try {
    const stamp = join(root, ".next", "sunup-build");
    const fingerprint = sourceFingerprint(root);
    if (existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint) {
      console.log("The app's sources have not changed since the last build.");
      return;
    }
    rmSync(stamp, { force: true });
    await step("Building the app", "built", () => runBuild(root, options));
    writeFileSync(stamp, fingerprint);
  } finally {
    lock.release();
  }
}

async function lockBuild(root: string): Promise<{ release(): void }> {
  const folder = join(root, "node_modules", ".cache");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "sunup-build.lock");
  let waiting = false;
  for (;;) {
    const lock = takeExclusiveLock(file);
    if (lock) return lock;
    if (!waiting) console.log("Waiting for another start that is building the app ...");
    waiting = true;
    await sleep(300);
  }
}

async function runBuild(
  root: string,
  { logFile, echo, supervisor }: { logFile: string; echo: boolean; supervisor: Supervisor },
): Promise<void> {
  const child = startChild({
    name: "The build",
    argv: [join(root, "node_modules", "next", "dist", "bin", "next"), "build"],
    cwd: root,
    env: localBuildEnv(),
    logFile,
    echo,
  });
  await supervisor.own({ close: () => child.stop() });
  const how = await child.ended;
  if (how === "ended with code 0") return;
  const tail = readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-30).join("\n");
  if (!echo && !supervisor.stopping) console.error(tail);
  throw new Problem(`The build ${how}; its whole log is ${logFile}.`);
}
