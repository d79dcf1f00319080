import { existsSync, readFileSync, rmSync } from "node:fs";

export type Counts = { passed: number; failed: number; skipped: number };

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

type PlaywrightReport = {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
};

/** The counts of a vitest JSON report. A file that failed before its first test counts as one failure. */
export function vitestCounts(report: VitestReport): Counts {
  const brokenFiles = report.testResults.filter(
    (file) =>
      file.status === "failed" && !file.assertionResults.some(({ status }) => status === "failed"),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The counts of a Playwright JSON report. A test that passed only when tried again has failed. */
export function playwrightCounts({ stats }: PlaywrightReport): Counts {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  };
}

/** Reads a report, removes it, and believes the exit code where the two differ: a failed run never counts as green. */
export function countsFromReport<Report>(
  file: string,
  exitCode: number,
  count: (report: Report) => Counts,
): Counts {
  const counts = existsSync(file)
    ? count(JSON.parse(readFileSync(file, "utf8")) as Report)
    : { passed: 0, failed: 0, skipped: 0 };
  rmSync(file, { force: true });
  const unexplained = exitCode !== 0 && counts.failed === 0;
  const empty = exitCode === 0 && counts.passed === 0;
  return unexplained || empty ? { ...counts, failed: counts.failed + 1 } : counts;
}
