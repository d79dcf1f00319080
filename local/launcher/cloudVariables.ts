import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { EnvError, readServerEnv } from "../../lib/env.ts";
import { Problem } from "./problem.ts";

type Variables = Record<string, string | undefined>;

/** What `npm run dev:cloud` runs with: the shell's variables, then those of .env.local. */
export function cloudVariables(envFile: string, shell: Variables): Variables {
  const file = existsSync(envFile) ? parseEnv(readFileSync(envFile, "utf8")) : {};
  return { ...file, ...shell };
}

/** Throws a Problem that names everything that is missing before a cloud deployment can be used. */
export function requireCloudVariables(variables: Variables): void {
  if (!variables.CONVEX_DEPLOYMENT && !variables.CONVEX_SELF_HOSTED_URL) {
    throw new Problem(
      "No Convex deployment is chosen yet: run `npx convex dev --once` first, which writes CONVEX_DEPLOYMENT and the deployment's addresses to .env.local.",
    );
  }
  try {
    readServerEnv(variables);
  } catch (error) {
    if (!(error instanceof EnvError)) throw error;
    throw new Problem(
      `${error.message}\nPut it into .env.local; .env.example shows every variable.`,
    );
  }
}
