// Brings the dependencies up to date before anything else runs. Plain JavaScript on the machine's own
// Node (20 or newer) and nothing from node_modules, because node_modules may not exist yet.

import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

/**
 * Whether node_modules holds exactly what package-lock.json asks for. npm leaves a lockfile of its
 * own inside node_modules when an installation ends, so an interrupted one counts as not installed.
 */
export function isInstalled(root) {
  const wanted = lockedPackages(join(root, "package-lock.json"));
  const found = lockedPackages(join(root, "node_modules", ".package-lock.json"));
  if (!wanted || !found || !existsSync(node24(root))) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const installed = found[path];
    // Optional packages of other platforms are in the lockfile but never on this machine.
    if (!installed) return entry.optional === true;
    return installed.version === entry.version && installed.integrity === entry.integrity;
  });
}

/** The Node that comes with the dependencies; everything but the bootstrap runs on it. */
export function node24(root) {
  return join(root, "node_modules", "node", "bin", "node");
}

/** Runs `npm ci`, saying what it does. Throws an Error whose message is one sentence. */
export async function install(root) {
  const started = Date.now();
  console.log("Installing the dependencies (npm ci) ...");
  const ticker = setInterval(() => {
    console.log(`  still installing, ${Math.round((Date.now() - started) / 1000)} s`);
  }, 10_000);
  try {
    const code = await runNpm(root, ["ci", "--include=dev", "--include=optional"]);
    if (code !== 0) {
      throw new Error(
        "Installing the dependencies failed (npm's own message is above); check the network and the npm registry, then run the same command again.",
      );
    }
    if (!existsSync(node24(root))) {
      throw new Error(
        "The dependencies were installed without Node 24, because npm was told not to run install scripts; run `npm ci --ignore-scripts=false` and try again.",
      );
    }
  } finally {
    clearInterval(ticker);
  }
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

function runNpm(root, args) {
  // The npm that runs us, if one does: it need not be on the PATH.
  const cli = process.env.npm_execpath;
  const [command, first] =
    cli && basename(cli).startsWith("npm") ? [process.execPath, [cli]] : ["npm", []];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, ...args], { cwd: root, stdio: "inherit" });
    child.on("error", () =>
      reject(new Error("npm was not found; install Node 20 or newer, which brings npm.")),
    );
    child.on("exit", (code) => resolve(code ?? 1));
  });
}
