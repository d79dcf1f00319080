/** Keys that a service makes once and keeps in its data folder, readable by their owner only. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Reads the keys of this folder, making those that are missing. `given` keys replace the kept ones. */
export function keepKeys<K extends object>(
  dataDir: string,
  make: () => K,
  given: Partial<K> = {},
): K {
  const file = join(dataDir, "keys.json");
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as K) : null;
  const keys = { ...(kept ?? make()), ...given };
  if (JSON.stringify(keys) === JSON.stringify(kept)) return keys;
  mkdirSync(dataDir, { recursive: true });
  // Renaming is atomic: a kill in between leaves the old file or the new one, never half of one.
  writeFileSync(`${file}.new`, JSON.stringify(keys, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return keys;
}
