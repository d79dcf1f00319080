import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { HIGHEST_APP_PORT } from "./addresses.ts";
import { Problem } from "./problem.ts";

export type LaunchMode = "start" | "dev";

export type LaunchOptions = {
  mode: LaunchMode;
  /** The app's port; the others follow from it (addresses.ts). */
  port: number;
  /** Absolute path of the data folder. */
  dataDir: string;
  fresh: boolean;
  demo: boolean;
  verbose: boolean;
};

const SPEC = {
  port: { type: "string", default: "3000" },
  data: { type: "string" },
  fresh: { type: "boolean", default: false },
  "no-demo": { type: "boolean", default: false },
  verbose: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export const USAGE = `Usage: npm start -- [options]   (or: npm run dev -- [options])

  --port N     port of the app, 3000 when left out; the other ports follow from it
  --data DIR   folder that keeps all data, .local when left out
  --fresh      delete the data in that folder first
  --no-demo    do not create the demo companies
  --verbose    show what the servers log
  --help       show this`;

/**
 * Reads the command line after the mode; null means that help was asked for. A folder that the person
 * names is relative to where they are (`cwd`), the default one belongs to the repository (`root`).
 * Throws a Problem for an option or a value that it does not know.
 */
export function parseLaunchOptions(
  mode: LaunchMode,
  args: string[],
  { root, cwd }: { root: string; cwd: string },
): LaunchOptions | null {
  const values = parse(args);
  if (values.help) return null;
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : 0;
  if (port < 1 || port > HIGHEST_APP_PORT) {
    throw new Problem(
      `--port takes a number from 1 to ${HIGHEST_APP_PORT}, and "${values.port}" is not one.`,
    );
  }
  if (values.data?.trim() === "") throw new Problem("--data takes the path of a folder.");
  return {
    mode,
    port,
    dataDir: values.data === undefined ? join(root, ".local") : resolve(cwd, values.data),
    fresh: values.fresh,
    demo: !values["no-demo"],
    verbose: values.verbose,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: SPEC, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? "") : "";
    throw new Problem(`${reason.replace(/\.$/, "")}; --help shows the options.`);
  }
}
