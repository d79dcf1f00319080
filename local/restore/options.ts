import { resolve } from "node:path";
import { HIGHEST_APP_PORT } from "../launcher/addresses.ts";
import {
  type CalledFrom,
  dataFolderOf,
  numberUpTo,
  parseOptions,
} from "../launcher/commandLine.ts";
import { Problem } from "../launcher/problem.ts";

export type RestoreOptions = {
  /** Absolute path of the archive. */
  file: string;
  /** The company's address name (slug). */
  company: string;
  reason: string;
  /** The app's port of the running stack. */
  port: number;
  /** Absolute path of the running stack's data folder. */
  dataDir: string;
};

const SPEC = {
  archive: { type: "string" },
  into: { type: "string" },
  reason: { type: "string" },
  port: { type: "string", default: "3000" },
  data: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

export const USAGE = `Usage: npm run restore -- --archive FILE --into COMPANY --reason WHY [options]

Restores a company's archive into a company of a running local stack (npm start) that is as
sign-up left it. For a deployment in the cloud see docs/operations.md.

  --archive FILE   the archive, as it was downloaded
  --into COMPANY   the company's address name, as the console shows it
  --reason WHY     what both trails shall say
  --port N         port of the app, 3000 when left out
  --data DIR       folder with the stack's data, .local when left out
  --help           show this`;

/**
 * Reads the command line; null means that help was asked for. Folders and files are relative to
 * where the person is. Throws a Problem for what is missing, unknown or no value.
 */
export function parseRestoreOptions(args: string[], calledFrom: CalledFrom): RestoreOptions | null {
  const values = parseOptions(args, SPEC);
  if (values.help) return null;
  const given = (option: "archive" | "into" | "reason") => {
    const text = values[option]?.trim();
    if (text) return text;
    throw new Problem(`--${option} is needed; --help shows the options.`);
  };
  return {
    file: resolve(calledFrom.cwd, given("archive")),
    company: given("into"),
    reason: given("reason"),
    port: numberUpTo(HIGHEST_APP_PORT, "--port", values.port),
    dataDir: dataFolderOf(values.data, calledFrom),
  };
}
