/**
 * The engine as a program:
 *
 *   main.ts --functions DIR --port N [--site-port N] --data DIR [--env NAME=VALUE]… [--watch] [--verbose]
 *           [--log-stream URL] [--conflicts SHARE]
 *   main.ts --functions DIR --codegen-only
 *
 * A log stream is signed with the secret in the variable CONVEX_LOG_STREAM_SECRET; its address may be
 * a path of the own HTTP actions. --conflicts 0.2 (or LOCAL_CONVEX_CONFLICTS=0.2) runs every fifth
 * mutation once in vain, as a write conflict would on Convex.
 *
 * Forked with IPC it reports `{ type: "ready", url, siteUrl, adminKey }` and ends with its parent.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { stop as stopEsbuild } from "esbuild";
import { generateCode } from "./functions/codegen.ts";
import { entryPoints, findModule } from "./functions/entryPoints.ts";
import type { LogEvent, LoggedFunction } from "./logs/events.ts";
import { failsFunction } from "./runtime/unawaited.ts";
import { startConvex } from "./server.ts";

const USAGE =
  "Usage: local:convex --functions DIR --port N --data DIR [--site-port N] [--env NAME=VALUE]… [--watch] [--verbose] [--log-stream URL] [--conflicts SHARE]";

/** The modules at the last generation. */
let modules = "";

process.setSourceMapsEnabled(true);
process.on("unhandledRejection", (reason) => {
  if (!failsFunction(reason)) throw reason;
});
// Code of actions can fail after it has returned (a timer, a promise that nobody awaits). That is the
// app's mistake, to be read in the log; the engine and everybody else on it go on.
process.on("uncaughtException", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") return; // nobody reads the log any more
  console.error("Uncaught, outside of any function that still runs:", error);
});
try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      functions: { type: "string" },
      port: { type: "string" },
      "site-port": { type: "string" },
      data: { type: "string" },
      env: { type: "string", multiple: true, default: [] },
      watch: { type: "boolean", default: false },
      verbose: { type: "boolean", default: false },
      "log-stream": { type: "string" },
      conflicts: { type: "string" },
      "codegen-only": { type: "boolean", default: false },
    },
  });
  if (values.functions === undefined) throw new Error(USAGE);
  const functionsDir = path.resolve(values.functions);
  if (!existsSync(functionsDir)) throw new Error(`There is no folder ${functionsDir}.`);
  if (values["codegen-only"]) {
    await generateCode(functionsDir);
    return;
  }
  if (values.port === undefined || values.data === undefined) throw new Error(USAGE);
  const port = portNumber(values.port);
  if (!existsSync(path.join(functionsDir, "_generated"))) await generateCode(functionsDir);

  const convex = await startConvex({
    functionsDir,
    dataDir: path.resolve(values.data),
    port,
    sitePort: values["site-port"] === undefined ? port + 1 : portNumber(values["site-port"]),
    env: environment(values.env),
    watch: values.watch,
    ...(values.conflicts === undefined ? {} : { conflicts: share(values.conflicts) }),
    ...logStream(values["log-stream"]),
    onReload: () => void keepGenerated(functionsDir),
    onLog: (event) => print(event, values.verbose),
  });
  if (values.watch) void keepGenerated(functionsDir);
  // Else esbuild's own process would stay for as long as this one.
  else await stopEsbuild();

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    convex.close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  process.on("disconnect", stop);
  const { url, siteUrl, adminKey } = convex;
  if (process.send !== undefined) process.send({ type: "ready", url, siteUrl, adminKey });
  else
    console.log(`Convex is ready at ${url} (HTTP actions at ${siteUrl}).\nAdmin key: ${adminKey}`);
}

function share(text: string): number {
  const number = Number(text);
  if (number >= 0 && number <= 1) return number;
  throw new Error(`"${text}" is not a share between 0 and 1.`);
}

/** Not an argument of the command: those can be seen by everybody on the machine. */
function logStream(url: string | undefined): { logStream?: { url: string; secret: string } } {
  if (url === undefined) return {};
  const secret = process.env.CONVEX_LOG_STREAM_SECRET;
  if (secret) return { logStream: { url, secret } };
  throw new Error("--log-stream needs the variable CONVEX_LOG_STREAM_SECRET, to sign with.");
}

/** What is generated follows from which modules there are, not from what is in them. */
async function keepGenerated(functionsDir: string): Promise<void> {
  const now = moduleList(functionsDir);
  if (now === modules) return;
  modules = now;
  await generateCode(functionsDir).catch((error: Error) => console.error(error.message));
}

function moduleList(functionsDir: string): string {
  const config = findModule(functionsDir, "convex.config");
  return JSON.stringify([
    entryPoints(functionsDir).map(({ modulePath }) => modulePath),
    findModule(functionsDir, "schema"),
    config && readFileSync(config, "utf8"),
  ]);
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`"${text}" is not a port.`);
  return port;
}

function environment(assignments: string[]): Record<string, string> {
  return Object.fromEntries(
    assignments.map((assignment) => {
      const at = assignment.indexOf("=");
      if (at < 1) throw new Error(`"${assignment}" is not NAME=VALUE.`);
      return [assignment.slice(0, at), assignment.slice(at + 1)];
    }),
  );
}

/** Failures and what functions print; with --verbose also every run and what is for debugging. */
function print(event: LogEvent, verbose: boolean): void {
  switch (event.topic) {
    case "console":
      if (event.log_level === "DEBUG" && !verbose) return;
      return console.log(`[${nameOf(event)}] [${event.log_level}] ${event.message}`);
    case "function_execution": {
      const { type, request_id } = event.function;
      if (event.status === "failure") {
        return console.error(
          `[${nameOf(event)}] [Request ID: ${request_id}] ${event.error_message ?? "failed"}`,
        );
      }
      if (verbose) {
        console.log(
          `[${nameOf(event)}] ${type} ${event.execution_time_ms.toFixed(1)} ms [Request ID: ${request_id}]`,
        );
      }
      return;
    }
    case "engine":
      return console.error(event.message);
    case "custom_audit":
      if (verbose) console.log(`[${nameOf(event)}] audit ${JSON.stringify(event.body)}`);
  }
}

function nameOf({ function: { path, component_path } }: { function: LoggedFunction }): string {
  return component_path === undefined ? path : `${component_path}: ${path}`;
}
