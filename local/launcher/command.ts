import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CalledFrom } from "./commandLine.ts";
import { Problem } from "./problem.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/**
 * Runs a command of the running stack's and ends the process: with 0 when it is done or help was
 * asked for, with 1 and one sentence for a Problem, and with 130 when it is stopped or npm is gone.
 */
export async function runCommand<Options>({
  usage,
  parse,
  run,
}: {
  usage: string;
  /** Null when help was asked for. */
  parse: (args: string[], calledFrom: CalledFrom) => Options | null;
  run: (options: Options) => Promise<void>;
}): Promise<never> {
  process.on("disconnect", () => process.exit(130));
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
  try {
    const cwd = process.env.INIT_CWD ?? process.cwd();
    const options = parse(process.argv.slice(2), { root, cwd });
    if (options) await run(options);
    else console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(error instanceof Problem ? error.message : error);
    process.exit(1);
  }
}
