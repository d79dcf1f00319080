/** The real Convex CLI, run against a deployment. */
import { execFile, spawn } from "node:child_process";
import { symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "./engine.ts";

export const ROOT = path.resolve(import.meta.dirname, "../../..");

export type Ended = { code: number; stdout: string; stderr: string };

export async function convex(url: string, adminKey: string, ...args: string[]): Promise<Ended> {
  const { file, argv, options } = command(url, adminKey, args);
  return await promisify(execFile)(file, argv, options).then(
    (output) => ({ code: 0, ...output }),
    (error: Ended) => error,
  );
}

/** One that runs until it is ended. */
export function convexProcess(url: string, adminKey: string, ...args: string[]) {
  const { file, argv, options } = command(url, adminKey, args);
  const child = spawn(file, argv, options);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  }
  return { child, output: () => output };
}

function command(url: string, adminKey: string, args: string[]) {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, "package.json"), '{"dependencies":{"convex":"*"}}');
  symlinkSync(path.join(ROOT, "node_modules"), path.join(cwd, "node_modules"));
  const cli = path.join(ROOT, "node_modules/convex/bin/main.js");
  const env = {
    ...process.env,
    CONVEX_SELF_HOSTED_URL: url,
    CONVEX_SELF_HOSTED_ADMIN_KEY: adminKey,
    NO_COLOR: "1",
  };
  return { file: process.execPath, argv: [cli, ...args], options: { cwd, env } };
}
