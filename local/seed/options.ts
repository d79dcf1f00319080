import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { HIGHEST_APP_PORT } from "../launcher/addresses.ts";
import { Problem } from "../launcher/problem.ts";

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
export function parseSeedOptions(
  args: string[],
  { root, cwd }: { root: string; cwd: string },
): SeedOptions | null {
  const values = parse(args);
  if (values.help) return null;
  return {
    tenants: numberIn("--tenants", values.tenants, MOST_TENANTS),
    projects: numberIn("--projects", values.projects, MOST_PROJECTS),
    port: numberIn("--port", values.port, HIGHEST_APP_PORT),
    dataDir: values.data === undefined ? join(root, ".local") : resolve(cwd, values.data),
  };
}

function numberIn(name: string, text: string, most: number): number {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= most) return number;
  throw new Problem(`${name} takes a number from 1 to ${most}, and "${text}" is not one.`);
}

function parse(args: string[]) {
  const text = (fallback: string) => ({ type: "string", default: fallback }) as const;
  try {
    return parseArgs({
      args,
      options: {
        tenants: text("10"),
        projects: text("200"),
        port: text("3000"),
        data: { type: "string" },
        help: { type: "boolean", default: false },
      },
      strict: true,
      allowPositionals: false,
    }).values;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? "") : "";
    throw new Problem(`${reason.replace(/\.$/, "")}; --help shows the options.`);
  }
}
