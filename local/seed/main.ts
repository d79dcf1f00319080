// `npm run seed`: fills a running local stack with sample companies and projects, to see how Sunup
// feels and measures when there is much in it.

import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { DEMO_PASSWORD } from "../launcher/demo/companies.ts";
import { Problem } from "../launcher/problem.ts";
import { runningStack } from "../launcher/runningStack.ts";
import { fill, sampleEmail } from "./fill.ts";
import { parseSeedOptions, type SeedOptions, USAGE } from "./options.ts";
import { progressBar } from "./progressBar.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

process.on("disconnect", () => process.exit(130));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

try {
  const cwd = process.env.INIT_CWD ?? process.cwd();
  const options = parseSeedOptions(process.argv.slice(2), { root, cwd });
  if (options) await seed(options);
  else console.log(USAGE);
  process.exit(0);
} catch (error) {
  console.error(error instanceof Problem ? error.message : error);
  process.exit(1);
}

async function seed({ tenants, projects, port, dataDir }: SeedOptions): Promise<void> {
  const stack = await runningStack(port, dataDir);
  const bar = progressBar({ tenants, projects });
  await fill(stack, { tenants, projects }, bar.show);
  bar.end();
  console.log(`Sign in as ${sampleEmail(1)} with the password ${DEMO_PASSWORD}.`);
}
