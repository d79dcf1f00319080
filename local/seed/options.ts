import { HIGHEST_APP_PORT } from "../launcher/addresses.ts";
import {
  type CalledFrom,
  dataFolderOf,
  numberUpTo,
  parseOptions,
} from "../launcher/commandLine.ts";

export type SeedOptions = {
  /** How many companies there are to be. */
  tenants: number;
  /** How many projects the first of them is to have. */
  projects: number;
  /** The app's port of the running stack. */
  port: number;
  /** Absolute path of the running stack's data folder. */
  dataDir: string;
};

const MOST_TENANTS = 10_000;
const MOST_PROJECTS = 1_000_000;

const SPEC = {
  tenants: { type: "string", default: "10" },
  projects: { type: "string", default: "200" },
  port: { type: "string", default: "3000" },
  data: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

export const USAGE = `Usage: npm run seed -- [options]     fills a running local stack (npm start)

  --tenants N    companies that there are to be, 10 when left out
  --projects M   projects of the first company, 200 when left out; each other one gets a few
  --port N       port of the app, 3000 when left out
  --data DIR     folder with the stack's data, .local when left out
  --help         show this

What is there already counts, so a run that was stopped is finished by the next one.`;

/**
 * Reads the command line; null means that help was asked for. Folders as with `npm start`. Throws
 * a Problem for an option or a value that it does not know.
 */
export function parseSeedOptions(args: string[], calledFrom: CalledFrom): SeedOptions | null {
  const values = parseOptions(args, SPEC);
  if (values.help) return null;
  return {
    tenants: numberUpTo(MOST_TENANTS, "--tenants", values.tenants),
    projects: numberUpTo(MOST_PROJECTS, "--projects", values.projects),
    port: numberUpTo(HIGHEST_APP_PORT, "--port", values.port),
    dataDir: dataFolderOf(values.data, calledFrom),
  };
}
