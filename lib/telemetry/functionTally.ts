import type { LoggedExecution } from "../logStream.ts";
import type { NotedCall } from "./callNote.ts";
import { addDuration, emptyHistogram, type Histogram } from "./histogram.ts";
import { isOverrun, runBudget } from "./overrun.ts";
import { NO_GROWTH, type RowGrowth, withCall } from "./rowGrowth.ts";

/** What a batch of the log stream says about one function in one hour. */
export type FunctionTally = {
  path: string;
  kind: LoggedExecution["kind"];
  /** When the hour began, ms. */
  hour: number;
  calls: number;
  failed: number;
  cached: number;
  conflicts: number;
  retries: number;
  totalMs: number;
  documentsRead: number;
  documentsWritten: number;
  bytesRead: number;
  bytesWritten: number;
  mostDocuments: number;
  mostIndexRanges: number;
  overruns: Overrun[];
  growth: RowGrowth;
  histogram: Histogram;
};

/** A run that read more than its function's budget. */
export type Overrun = { documents: number; indexRanges: number };

export const HOUR_MS = 60 * 60 * 1000;

/** Adds a batch up, function by function. `notes` are what some of the same runs said themselves. */
export function tallyFunctions(
  executions: readonly LoggedExecution[],
  notes: readonly NotedCall[],
): FunctionTally[] {
  const tallies = new Map<string, FunctionTally>();
  const noted = new Map(notes.map((note) => [runOf(note), note]));
  for (const execution of executions) {
    const hour = execution.at - (execution.at % HOUR_MS);
    const key = `${execution.path} ${hour}`;
    const tally = tallies.get(key) ?? emptyTally(execution, hour);
    tallies.set(key, tally);
    addExecution(tally, execution, noted.get(runOf(execution)));
  }
  return [...tallies.values()];
}

/** Names a run. A request may run the same function twice; its last note stands for both. */
function runOf({ requestId, path }: { requestId: string; path: string }): string {
  return `${requestId} ${path}`;
}

function addExecution(tally: FunctionTally, run: LoggedExecution, note?: NotedCall): void {
  tally.calls += 1;
  if (run.conflict !== null) tally.conflicts += 1;
  else if (run.failed) tally.failed += 1;
  if (run.retries > 0) tally.retries += 1;
  if (run.cached) {
    tally.cached += 1;
    return;
  }
  addDuration(tally.histogram, run.milliseconds);
  tally.totalMs += run.milliseconds;
  tally.documentsRead += run.documentsRead;
  tally.documentsWritten += run.documentsWritten;
  tally.bytesRead += run.bytesRead;
  tally.bytesWritten += run.bytesWritten;
  const used = { documents: run.documentsRead, indexRanges: note?.indexRanges ?? 0 };
  tally.mostDocuments = Math.max(tally.mostDocuments, used.documents);
  tally.mostIndexRanges = Math.max(tally.mostIndexRanges, used.indexRanges);
  if (note) tally.growth = withCall(tally.growth, note.rows, note.indexRanges);
  if (isOverrun(used, runBudget(run.path, run.kind, note?.rows ?? 0))) tally.overruns.push(used);
}

function emptyTally({ path, kind }: LoggedExecution, hour: number): FunctionTally {
  return {
    ...{ path, kind, hour, calls: 0, failed: 0, cached: 0, conflicts: 0, retries: 0, totalMs: 0 },
    ...{ documentsRead: 0, documentsWritten: 0, bytesRead: 0, bytesWritten: 0 },
    ...{ mostDocuments: 0, mostIndexRanges: 0, overruns: [], growth: NO_GROWTH },
    histogram: emptyHistogram(),
  };
}
