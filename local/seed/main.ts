// `npm run seed`: fills a running local stack with sample companies and projects, to see how Sunup
// feels and measures when there is much in it.

import { DEMO_PASSWORD } from "../launcher/demo/companies.ts";
import { runCommand } from "../launcher/command.ts";
import { runningStack } from "../launcher/runningStack.ts";
import { fill, sampleEmail } from "./fill.ts";
import { parseSeedOptions, type SeedOptions, USAGE } from "./options.ts";
import { progressBar } from "./progressBar.ts";

await runCommand({ usage: USAGE, parse: parseSeedOptions, run: seed });

async function seed({ tenants, projects, port, dataDir }: SeedOptions): Promise<void> {
  const stack = await runningStack(port, dataDir);
  const bar = progressBar({ tenants, projects });
  await fill(stack, { tenants, projects }, bar.show);
  bar.end();
  console.log(`Sign in as ${sampleEmail(1)} with the password ${DEMO_PASSWORD}.`);
}
