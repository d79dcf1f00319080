import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { countsFromReport, playwrightCounts, vitestCounts } from "../../runner/counts.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sunup-counts-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const report = (passed: number, failed: number, brokenFiles = 0) => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: Array.from({ length: brokenFiles }, () => ({
    status: "failed",
    assertionResults: [],
  })),
});

function counted(content: object | null, exitCode: number) {
  const file = join(folder, "report.json");
  if (content) writeFileSync(file, JSON.stringify(content));
  return countsFromReport(file, exitCode, vitestCounts);
}

describe("the counts of a test run", () => {
  it("come from the report", () => {
    expect(counted(report(7, 2), 1)).toEqual({ passed: 7, failed: 2, skipped: 0 });
  });

  it("hold a file that could not be loaded as a failure", () => {
    expect(counted(report(7, 0, 1), 1)).toMatchObject({ passed: 7, failed: 1 });
  });

  it("never call a run green that exited otherwise, ran nothing or left no report", () => {
    expect(counted(report(7, 0), 1)).toMatchObject({ passed: 7, failed: 1 });
    expect(counted(report(0, 0), 0)).toMatchObject({ passed: 0, failed: 1 });
    expect(counted(null, 1)).toMatchObject({ passed: 0, failed: 1 });
  });

  it("hold a browser test that passed only at a second try as failed", () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 2 };
    expect(playwrightCounts({ stats })).toEqual({ passed: 5, failed: 2, skipped: 2 });
  });
});
