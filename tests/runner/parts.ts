import { tmpdir } from "node:os";
import { join } from "node:path";
import { findChromium } from "./chromium.ts";
import { run } from "./command.ts";
import { countsFromReport, playwrightCounts, vitestCounts, type Counts } from "./counts.ts";

export type Outcome = Counts & { notRun?: string };

const bin = (path: string) => join("node_modules", path);
const ESLINT = bin("eslint/bin/eslint.js");
const NEXT = bin("next/dist/bin/next");
const PLAYWRIGHT = bin("@playwright/test/cli.js");
const PRETTIER = bin("prettier/bin/prettier.cjs");
const TSC = bin("typescript/bin/tsc");
const VITEST = bin("vitest/vitest.mjs");

/** The parts of `npm test`, quick ones first. */
export const PARTS: Record<string, () => Promise<Outcome>> = {
  lint: async () =>
    asOne(
      (await run([NEXT, "typegen"])) ||
        (await run([ESLINT, "."])) ||
        (await run([PRETTIER, "--check", "--log-level", "warn", "."])),
    ),
  // The route types and the types of style sheets are written by Next; a clean clone has none yet.
  typecheck: async () =>
    asOne((await run([NEXT, "typegen"])) || (await run([TSC, "--noEmit", "-p", "."]))),
  unit: () => vitest("unit"),
  isolation: () => vitest("isolation"),
  budgets: () => vitest("budgets"),
  local: () => vitest("local"),
  e2e: () => playwright(),
};

function asOne(exitCode: number): Outcome {
  return { passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1, skipped: 0 };
}

async function vitest(project: string): Promise<Outcome> {
  const report = reportFile(project);
  const code = await run([
    VITEST,
    "run",
    ...["--project", project],
    ...["--reporter=default", "--reporter=json", `--outputFile.json=${report}`],
  ]);
  return countsFromReport(report, code, vitestCounts);
}

async function playwright(): Promise<Outcome> {
  const chromium = findChromium();
  if (!chromium) {
    const reason = "Chromium is not installed (apt-get install chromium, or set CHROMIUM).";
    return { passed: 0, failed: process.env.CI === "true" ? 1 : 0, skipped: 0, notRun: reason };
  }
  const report = reportFile("e2e");
  const code = await run([PLAYWRIGHT, "test", "--reporter=list,json"], {
    CHROMIUM: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  return countsFromReport(report, code, playwrightCounts);
}

function reportFile(part: string): string {
  return join(tmpdir(), `sunup-${part}-${process.pid}.json`);
}
