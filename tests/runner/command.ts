import { spawn } from "node:child_process";

let running: number | undefined;

/** Runs a Node program of node_modules to its end with its output shown, and returns its exit code. */
export function run(argv: string[], env: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, argv, {
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
      // A group of its own, so that stopping it also stops whatever it started.
      detached: true,
    });
    running = child.pid;
    child.on("error", reject);
    child.on("exit", (code) => {
      running = undefined;
      resolve(code ?? 1);
    });
  });
}

/** Stops the program that runs at the moment, and everything that it started. */
export function stopRunning(): void {
  if (running === undefined) return;
  try {
    process.kill(-running, "SIGTERM");
  } catch {
    // It has just ended by itself.
  }
}
