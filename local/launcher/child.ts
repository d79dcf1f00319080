import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { fileURLToPath } from "node:url";
import { Problem } from "./problem.ts";

export type ChildSpec = {
  /** What the person knows it as, for messages: "the app", "Convex". */
  name: string;
  /** Node's arguments: the program's file, then its own arguments. */
  argv: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  logFile: string;
  /** Show its output in the terminal as well. */
  echo: boolean;
};

export type Child = {
  name: string;
  logFile: string;
  pid: number;
  /** Resolves when it has ended, for whatever reason, with a phrase that says how. */
  ended: Promise<string>;
  /** The next message that it sends; throws a Problem when it ends first. */
  firstMessage(): Promise<unknown>;
  /** Asks it to end, and insists after `graceMs`. Nothing that it started is left over. */
  stop(graceMs?: number): Promise<void>;
};

/** Imported first, it ends a child when its launcher has ended. */
export const TETHER = fileURLToPath(new URL("./exitWithParent.mjs", import.meta.url));

/** Starts a Node program in a process group of its own, which ends when this process ends. */
export function startChild(spec: ChildSpec): Child {
  const child = spawn(process.execPath, ["--import", TETHER, ...spec.argv], {
    cwd: spec.cwd,
    env: { ...spec.env, SUNUP_LAUNCHER_PID: String(process.pid) },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // Ctrl-C in the terminal goes to the launcher alone, which then stops its children in order.
    detached: true,
  });
  const log = createWriteStream(spec.logFile, { flags: "a" });
  for (const [stream, terminal] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    stream?.pipe(log, { end: false });
    if (spec.echo) stream?.pipe(terminal, { end: false });
  }
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(`could not be started: ${error.message}`));
    child.once("exit", (code, signal) =>
      resolve(signal ? `was ended by ${signal}` : `ended with code ${code ?? 1}`),
    );
  });
  void ended.then(() => log.end());
  const pid = child.pid ?? 0;
  return {
    name: spec.name,
    logFile: spec.logFile,
    pid,
    ended,
    firstMessage: () =>
      Promise.race([
        new Promise<unknown>((resolve) => child.once("message", resolve)),
        ended.then((how) => {
          throw new Problem(`${spec.name} ${how}; its log is ${spec.logFile}.`);
        }),
      ]),
    async stop(graceMs = 3000) {
      const insist = setTimeout(() => signalGroup(pid, "SIGKILL"), graceMs);
      child.kill("SIGTERM");
      await ended;
      clearTimeout(insist);
      signalGroup(pid, "SIGKILL");
    },
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (pid === 0) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The whole group has ended already.
  }
}
