// `npm run seed`: fills a running local stack with sample companies and projects, to see how Sunup
// feels and measures when there is much in it.

import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadKeys } from "../clerk/keys.ts";
import { loadSecrets } from "../convex/secrets.ts";
import { addressesFor } from "../launcher/addresses.ts";
import { DEMO_PASSWORD } from "../launcher/demo/companies.ts";
import { Problem } from "../launcher/problem.ts";
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
  const { appUrl, clerkUrl, convexUrl } = addressesFor(port);
  const clerkDir = join(dataDir, "clerk");
  const running = await fetch(`${appUrl}/api/health`).then(
    ({ ok }) => ok,
    () => false,
  );
  if (!running || !existsSync(clerkDir)) {
    throw new Problem(
      `No local Sunup runs at ${appUrl} on the data in ${dataDir}. Start it with npm start, and name its --port and --data here too.`,
    );
  }
  const stack = {
    clerkUrl,
    clerkSecretKey: loadKeys(clerkDir).secretKey,
    convexUrl,
    convexAdminKey: loadSecrets(join(dataDir, "convex")).adminKey,
  };
  const bar = progressBar({ tenants, projects });
  await fill(stack, { tenants, projects }, bar.show);
  bar.end();
  console.log(`Sign in as ${sampleEmail(1)} with the password ${DEMO_PASSWORD}.`);
}
