import { existsSync } from "node:fs";
import { join } from "node:path";
import { loadKeys } from "../clerk/keys.ts";
import { loadSecrets } from "../convex/secrets.ts";
import { addressesFor } from "./addresses.ts";
import type { LocalStack } from "./localAccounts.ts";
import { Problem } from "./problem.ts";

/** The local stack that runs at the app's port on the data folder, with its keys. Throws a Problem when none does. */
export async function runningStack(port: number, dataDir: string): Promise<LocalStack> {
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
  return {
    clerkUrl,
    clerkSecretKey: loadKeys(clerkDir).secretKey,
    convexUrl,
    convexAdminKey: loadSecrets(join(dataDir, "convex")).adminKey,
  };
}
