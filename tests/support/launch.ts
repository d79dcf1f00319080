import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { StartedShard } from "../../local/launcher/stack.ts";
import type { LocalStack } from "../../local/launcher/localAccounts.ts";

const LAUNCHER = fileURLToPath(new URL("../../local/launcher/main.ts", import.meta.url));

const OTHER_WEBHOOKS = fileURLToPath(new URL("./stackWithWebhooksTo.ts", import.meta.url));

/** What a launcher tells its parent when all is up. */
export type RunningStack = LocalStack & {
  appUrl: string;
  mailboxUrl: string;
  stripeUrl: string;
  stripeSecretKey: string;
  /** The deployments beside home. */
  shards: StartedShard[];
};

export type Launched = {
  pid: number;
  /** Everything that it has printed so far. */
  output(): string;
  /** Resolves when it is up; rejects with its output when it ends before. */
  ready: Promise<RunningStack>;
  /** Its exit code; null when a signal ended it. */
  exited: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  /** Ctrl-C, and wait for the end. */
  stop(): Promise<void>;
};

/** Runs the launcher as `npm start` does, as a child that never outlives this process. */
export function launch(args: string[]): Launched {
  return launchProgram(LAUNCHER, args, {});
}

/** The same, except that Clerk's webhooks go to `webhookUrl` and there is no demo data. */
export function launchWithWebhooksTo(webhookUrl: string, args: string[]): Launched {
  return launchProgram(OTHER_WEBHOOKS, args, { WEBHOOK_URL: webhookUrl });
}

function launchProgram(program: string, args: string[], env: Record<string, string>): Launched {
  const child = fork(program, ["start", ...args], {
    execArgv: [],
    silent: true,
    env: { ...process.env, ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  const exited = new Promise<number | null>((resolve) => child.once("close", resolve));
  const ready = nextReady(child, exited, () => output);
  // Who does not wait for it need not handle its failure.
  ready.catch(() => {});
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ready,
    exited,
    signal: (signal) => child.kill(signal),
    async stop() {
      child.kill("SIGINT");
      await exited;
    },
  };
}

function nextReady(
  child: ChildProcess,
  exited: Promise<number | null>,
  output: () => string,
): Promise<RunningStack> {
  return new Promise((resolve, reject) => {
    child.on("message", (message: { type?: string } & RunningStack) => {
      if (message.type === "ready") resolve(message);
    });
    void exited.then((code) =>
      reject(new Error(`The launcher ended with code ${code}:\n${output()}`)),
    );
  });
}
