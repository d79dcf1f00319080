// `npm test [part …]`: runs every part (or those named) in order, goes on after a failure, and ends with
// a table and one closing line. Exits 1 when anything failed.

import { stopRunning } from "./runner/command.ts";
import { PARTS, type Outcome } from "./runner/parts.ts";

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"] as const) {
  process.on(signal, () => {
    stopRunning();
    process.exit(130);
  });
}

const named = process.argv.slice(2);
const unknown = named.find((part) => !(part in PARTS));
if (unknown !== undefined) {
  console.error(`There is no test part "${unknown}": use ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}

type Row = Outcome & { part: string; seconds: number };
const rows: Row[] = [];
for (const [part, runPart] of Object.entries(PARTS)) {
  if (named.length > 0 && !named.includes(part)) continue;
  console.log(`\n=== ${part} ${"=".repeat(90 - part.length)}\n`);
  const started = Date.now();
  const outcome = await runPart();
  const row = { part, seconds: (Date.now() - started) / 1000, ...outcome };
  rows.push(row);
  console.log(`\n${describe(row)}`);
}

console.log(`\n${"=".repeat(96)}\n`);
for (const row of rows) console.log(describe(row));
const passed = rows.reduce((sum, row) => sum + row.passed, 0);
const failed = rows.reduce((sum, row) => sum + row.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function describe(row: Row): string {
  const result = row.notRun
    ? `not run: ${row.notRun}`
    : [
        `${row.passed} passed`,
        ...(row.failed ? [`${row.failed} failed`] : []),
        ...(row.skipped ? [`${row.skipped} skipped`] : []),
      ].join(", ");
  return `${row.part.padEnd(10)} ${`${row.seconds.toFixed(1)} s`.padStart(9)}   ${result}`;
}
