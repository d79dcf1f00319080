/** The admin key and the key that signs upload URLs: made once, kept in the data folder (mode 0600). */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export type Secrets = { adminKey: string; uploadSecret: string };

/**
 * @param adminKey in place of the kept one.
 * @throws Error in one sentence, when the folder cannot be used.
 */
export function loadSecrets(dataDir: string, adminKey?: string): Secrets {
  const file = path.join(dataDir, "secrets.json");
  try {
    mkdirSync(dataDir, { recursive: true });
    if (!existsSync(file)) {
      const fresh: Secrets = {
        adminKey: `local|${randomBytes(32).toString("hex")}`,
        uploadSecret: randomBytes(32).toString("hex"),
      };
      writeFileSync(file, JSON.stringify(fresh, null, 2), { mode: 0o600 });
    }
    const kept = JSON.parse(readFileSync(file, "utf8")) as Secrets;
    return adminKey === undefined ? kept : { ...kept, adminKey };
  } catch (error) {
    throw new Error(`The data folder ${dataDir} cannot be used: ${(error as Error).message}`);
  }
}
