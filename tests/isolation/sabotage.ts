import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { type Sabotage, SABOTAGES } from "./sabotages.ts";

/**
 * `npm run test:sabotage`: would the suite notice if a guard fell? Takes away each wall
 * and each guard in turn, in a copy of the project, and runs the isolation and unit
 * suites there. Exits 1 when a guard can be removed without any test failing. That the code
 * to remove is still there is a test of its own (tests/domain/sabotages.test.ts).
 */

const PROJECT = resolve(import.meta.dirname, "../..");
const COPIED = [
  "convex",
  "lib",
  "tests",
  "eslint",
  "vitest.config.ts",
  "tsconfig.json",
  "package.json",
];

const copy = await mkdtemp(join(tmpdir(), "sunup-sabotage-"));
try {
  for (const each of COPIED) await cp(join(PROJECT, each), join(copy, each), { recursive: true });
  await symlink(join(PROJECT, "node_modules"), join(copy, "node_modules"));
  if (!(await passes())) throw new Error("The suites fail before anything is sabotaged.");

  let unnoticed = 0;
  for (const sabotage of SABOTAGES) {
    const noticed = !(await passesWith(sabotage));
    if (!noticed) unnoticed++;
    console.log(`${noticed ? "noticed  " : "UNNOTICED"}  ${sabotage.what}`);
  }
  console.log(`${SABOTAGES.length - unnoticed} passed, ${unnoticed} failed`);
  process.exitCode = unnoticed === 0 ? 0 : 1;
} finally {
  await rm(copy, { recursive: true, force: true });
}

async function passesWith({ file, remove, put }: Sabotage): Promise<boolean> {
  const path = join(copy, file);
  const source = await readFile(path, "utf8");
  await writeFile(path, source.replace(remove, put));
  try {
    return await passes();
  } finally {
    await writeFile(path, source);
  }
}

async function passes(): Promise<boolean> {
  const vitest = join(copy, "node_modules/vitest/vitest.mjs");
  const suites = [
    "tests/isolation",
    "tests/domain/clerkWebhook",
    "tests/domain/onboarding",
    "tests/domain/webhookInbox",
  ];
  try {
    await promisify(execFile)(
      process.execPath,
      [vitest, "run", "--bail=1", "--project=isolation", "--project=unit", ...suites],
      { cwd: copy },
    );
    return true;
  } catch (error) {
    if (typeof (error as { code?: unknown }).code === "number") return false;
    throw error;
  }
}
