/** The real Convex CLI, run against a deployment. */
import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { temporaryFolder } from "./engine.ts";

export const ROOT = path.resolve(import.meta.dirname, "../../..");

export type Ended = { code: number; stdout: string; stderr: string };

export async function convex(url: string, adminKey: string, ...args: string[]): Promise<Ended> {
  const cwd = temporaryFolder();
  writeFileSync(path.join(cwd, "package.json"), '{"dependencies":{"convex":"*"}}');
  const cli = path.join(ROOT, "node_modules/convex/bin/main.js");
  const env = {
    ...process.env,
    CONVEX_SELF_HOSTED_URL: url,
    CONVEX_SELF_HOSTED_ADMIN_KEY: adminKey,
    NO_COLOR: "1",
  };
  const run = promisify(execFile)(process.execPath, [cli, ...args], { cwd, env });
  return await run.then(
    (output) => ({ code: 0, ...output }),
    (error: Ended) => error,
  );
}
