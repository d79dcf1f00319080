// `npm run restore`: brings an archive of a company into a new company of a running local stack.

import { openAsBlob } from "node:fs";
import { runCommand } from "../launcher/command.ts";
import { Problem } from "../launcher/problem.ts";
import { runningStack } from "../launcher/runningStack.ts";
import { parseRestoreOptions, type RestoreOptions, USAGE } from "./options.ts";
import { restoreArchive, type RestoreState } from "./restore.ts";

const STEPS: Partial<Record<RestoreState["state"], string>> = {
  checking: "Checking all of the archive…",
  linking: "Connecting what refers to each other…",
  cleaning: "Tidying up…",
};

await runCommand({ usage: USAGE, parse: parseRestoreOptions, run: restore });

async function restore({ file, company, reason, port, dataDir }: RestoreOptions): Promise<void> {
  const stack = await runningStack(port, dataDir);
  const archive = await opened(file);
  let said = "";
  const done = await restoreArchive(stack, { archive, company, reason }, (state) => {
    const words = describe(state);
    if (words !== said) console.log(words);
    said = words;
  });
  const left = done.leftOut === 0 ? "" : `, ${done.leftOut} left out`;
  console.log(`Restored ${done.rows} rows and ${done.files} files into ${company}${left}.`);
}

function describe({ state, rows }: RestoreState): string {
  return STEPS[state] ?? `${rows} rows are written…`;
}

/** Throws a Problem when there is no such file. */
async function opened(file: string): Promise<Blob> {
  try {
    // What cannot be opened is thrown at once, not by the promise.
    return await openAsBlob(file);
  } catch {
    throw new Problem(`${file} cannot be read.`);
  }
}
