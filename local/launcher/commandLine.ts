import { join, resolve } from "node:path";
import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { Problem } from "./problem.ts";

/** Where a command was called: the repository (`root`), and where the person is (`cwd`). */
export type CalledFrom = { root: string; cwd: string };

/** The options on a command line. Throws a Problem for one that it does not know. */
export function parseOptions<Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options,
) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(/\. |\n/)[0] ?? "") : "";
    throw new Problem(`${reason.replace(/\.$/, "")}; --help shows the options.`);
  }
}

/** A number from 1 to `most`. Throws a Problem for anything else. */
export function numberUpTo(most: number, option: string, text: string): number {
  const number = /^\d{1,7}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= most) return number;
  throw new Problem(`${option} takes a number from 1 to ${most}, and "${text}" is not one.`);
}

/**
 * The absolute path of the data folder: one that the person names is relative to where they are, the
 * default one belongs to the repository. Throws a Problem for an empty name.
 */
export function dataFolderOf(named: string | undefined, { root, cwd }: CalledFrom): string {
  if (named?.trim() === "") throw new Problem("--data takes the path of a folder.");
  return named === undefined ? join(root, ".local") : resolve(cwd, named);
}
