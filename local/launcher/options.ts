import { HIGHEST_APP_PORT, SHARD_NAMES } from "./addresses.ts";
import { type CalledFrom, dataFolderOf, numberUpTo, parseOptions } from "./commandLine.ts";

export type LaunchMode = "start" | "dev";

export type LaunchOptions = {
  mode: LaunchMode;
  /** The app's port; the others follow from it (addresses.ts). */
  port: number;
  /** Absolute path of the data folder. */
  dataDir: string;
  /** How many Convex deployments, home among them. */
  shards: number;
  fresh: boolean;
  demo: boolean;
  verbose: boolean;
};

const SPEC = {
  port: { type: "string", default: "3000" },
  data: { type: "string" },
  shards: { type: "string", default: "1" },
  fresh: { type: "boolean", default: false },
  "no-demo": { type: "boolean", default: false },
  verbose: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

export const USAGE = `Usage: npm start -- [options]   (or: npm run dev -- [options])

  --port N     port of the app, 3000 when left out; the other ports follow from it
  --data DIR   folder that keeps all data, .local when left out
  --shards N   run N Convex deployments, 1 when left out; data that has more keeps them
  --fresh      delete the data in that folder first
  --no-demo    do not create the demo companies
  --verbose    show what the servers log, with every function that runs
  --help       show this`;

/**
 * Reads the command line after the mode; null means that help was asked for.
 * Throws a Problem for an option or a value that it does not know.
 */
export function parseLaunchOptions(
  mode: LaunchMode,
  args: string[],
  calledFrom: CalledFrom,
): LaunchOptions | null {
  const values = parseOptions(args, SPEC);
  if (values.help) return null;
  return {
    mode,
    port: numberUpTo(HIGHEST_APP_PORT, "--port", values.port),
    dataDir: dataFolderOf(values.data, calledFrom),
    shards: numberUpTo(1 + SHARD_NAMES.length, "--shards", values.shards),
    fresh: values.fresh,
    demo: !values["no-demo"],
    verbose: values.verbose,
  };
}
