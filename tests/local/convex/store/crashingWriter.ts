/** A process to be killed: inserts without end and prints each number once its commit is acknowledged. */
import { writeSync } from "node:fs";
import { openStore } from "../../../../local/convex/store/store.ts";

const store = openStore({ file: process.argv[2]! });
const start = Number(process.argv[3]);
writeSync(1, `ready ${store.latestTs()}\n`);
for (let n = start; ; n++) {
  const { ts } = await store.mutate((tx) => tx.insert("", "writes", { n }));
  writeSync(1, `${n} ${ts}\n`);
}
