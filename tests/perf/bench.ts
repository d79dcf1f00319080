// `npm run bench [-- part …]`: measures and prints figures, one JSON object a line. It never judges; it
// exits 1 when it could not measure. Run it alone: it builds the app anew, and other work disturbs it.

import { measureCost } from "./cost.ts";
import { measureApp } from "./app.ts";
import { measureArchive } from "./archive.ts";
import { measureEngine } from "./engine.ts";
import { measureErasure } from "./erase.ts";
import { measureNeighbours } from "./neighbours.ts";
import { measurePages } from "./pages.ts";
import { measureRowLevelSecurity } from "./rls.ts";
import { measureSignups } from "./signups.ts";
import { measureStart } from "./start.ts";
import { measureWeb } from "./web.ts";

const PARTS: Record<string, () => Promise<void>> = {
  start: measureStart,
  web: measureWeb,
  signups: measureSignups,
  cost: measureCost,
  rls: measureRowLevelSecurity,
  engine: measureEngine,
  app: measureApp,
  archive: measureArchive,
  erase: measureErasure,
  neighbours: measureNeighbours,
  pages: measurePages,
};

process.on("disconnect", () => process.exit(130));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

const named = process.argv.slice(2);
const unknown = named.find((part) => !(part in PARTS));
if (unknown !== undefined) {
  console.error(`There is no bench part "${unknown}": use ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}
for (const [part, measure] of Object.entries(PARTS)) {
  if (named.length > 0 && !named.includes(part)) continue;
  try {
    await measure();
  } catch (error) {
    console.error(`The part "${part}" could not be measured:`, error);
    process.exitCode = 1;
  }
}
process.exit();
