#!/usr/bin/env node
// The first step of every command in package.json: installs the dependencies when they are missing
// or out of date, then runs the command's program on the Node 24 that came with them.

import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { install, isInstalled, node24 } from "./install.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const programs = {
  start: ["local/launcher/main.ts", "start"],
  dev: ["local/launcher/main.ts", "dev"],
  cloud: ["local/launcher/cloud.ts"],
  convex: ["local/convex/main.ts"],
  codegen: ["local/convex/main.ts", "--functions", "convex", "--codegen-only"],
  seed: ["local/seed/main.ts"],
  restore: ["local/restore/main.ts"],
  stripeSetup: ["local/stripeSetup/main.ts"],
  test: ["tests/run.ts"],
  bench: ["tests/perf/bench.ts"],
};

const [command = "", ...args] = process.argv.slice(2);
const program = programs[command];
if (!program) fail(`Unknown command "${command}": use one of ${Object.keys(programs).join(", ")}.`);
if (Number(process.versions.node.split(".")[0]) < 20) {
  fail(`Sunup needs Node 20 or newer, and this is Node ${process.versions.node}.`);
}

try {
  if (!isInstalled(root)) await install(root);
} catch (error) {
  fail(error.message);
}
run(program, args);

function run([file, ...given], args) {
  const binaries = join(root, "node_modules", ".bin");
  const child = spawn(node24(root), [join(root, file), ...given, ...args], {
    // The engine alone runs on any folder, named from where the person is.
    cwd: command === "convex" ? (process.env.INIT_CWD ?? process.cwd()) : root,
    // The channel tells the program when this process is gone, even by kill -9.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: {
      ...process.env,
      PATH: `${binaries}:${process.env.PATH ?? ""}`,
      // Compiled once: later starts are quicker and need 60 MB less, as nothing strips types again.
      NODE_COMPILE_CACHE: join(root, "node_modules", ".cache", "node"),
    },
  });
  child.on("error", (error) => fail(`Node 24 could not be started: ${error.message}.`));
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => child.kill(signal));
  }
  stopWhenNpmDies(child);
}

// npm passes signals on, but nothing tells us of its death by kill -9: watch the parent's id.
function stopWhenNpmDies(child) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) child.kill("SIGTERM");
  }, 500).unref();
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
