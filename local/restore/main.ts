// `npm run restore`: brings an archive of a company into a new company of a running local stack.

import { openAsBlob } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Problem } from "../launcher/problem.ts";
import { runningStack } from "../launcher/runningStack.ts";
import { parseRestoreOptions, type RestoreOptions, USAGE } from "./options.ts";
import { restoreArchive, type RestoreState } from "./restore.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

process.on("disconnect", () => process.exit(130));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

try {
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const options = parseRestoreOptions(process.argv.slice(2), { root, cwd });
  if (options) await restore(options);
  else console.log(USAGE);
  process.exit(0);
} catch (error) {
  console.error(error instanceof Problem ? error.message : error);
  process.exit(1);
}

async function restore({ file, company, reason, port, dataDir }: RestoreOptions): Promise<void> {
  const stack = await runningStack(port, dataDir);
  const archive = await openAsBlob(file).catch(() => {
    throw new Problem(`${file} cannot be read.`);
  });
  let said = "";
  const done = await restoreArchive(stack, { archive, company, reason }, (state) => {
    const words = describe(state);
    if (words !== said) console.log(words);
    said = words;
  });
  const left = done.leftOut === 0 ? "" : `, ${done.leftOut} left out`;
  console.log(`Restored ${done.rows} rows and ${done.files} files into ${company}${left}.`);
}

const STEPS: Partial<Record<RestoreState["state"], string>> = {
  checking: "Checking all of the archive…",
  linking: "Connecting what refers to each other…",
  cleaning: "Tidying up…",
};

function describe({ state, rows }: RestoreState): string {
  return STEPS[state] ?? `${rows} rows are written…`;
}
