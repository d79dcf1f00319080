// `npm run dev:cloud`: the app in development against real Convex and Clerk accounts, with the keys of
// .env.local. Nothing of the local stack runs.

import { spawn, type ChildProcess } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { cloudVariables, requireCloudVariables } from "./cloudVariables.ts";
import { TETHER } from "./child.ts";
import { Problem } from "./problem.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const module = (path: string) => join(root, "node_modules", path);
const PROGRAMS = [
  [module("convex/bin/main.js"), "dev"],
  [module("next/dist/bin/next"), "dev", "-H", "127.0.0.1"],
];

let children: ChildProcess[] = [];

try {
  requireCloudVariables(cloudVariables(join(root, ".env.local"), process.env));
} catch (error) {
  console.error(error instanceof Problem ? error.message : error);
  process.exit(1);
}

for (const event of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"] as const) {
  process.on(event, () => stop(0));
}
children = PROGRAMS.map((argv) => {
  const child = spawn(process.execPath, ["--import", TETHER, ...argv], {
    cwd: root,
    // The terminal itself: `convex dev` asks questions.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, SUNUP_LAUNCHER_PID: String(process.pid) },
  });
  child.on("exit", (code) => stop(code ?? 1));
  return child;
});

/** The two belong together: when one ends, so does the other. */
function stop(code: number): void {
  for (const child of children) child.kill("SIGTERM");
  process.exit(code);
}
