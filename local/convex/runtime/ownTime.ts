/**
 * How long a function may compute: 1 s in all for a query or mutation, as on Convex; for an action (and
 * for a module that is loading) 10 s without a break, in which nobody else could do anything. The loops
 * of bundled code ask `mayGoOn` (functions/loopGuard.ts).
 *
 * A stretch begins with the first question after a break, and ends with a syscall or a turn of the
 * event loop. What counts is the time of the processor, so a busy machine does not fail functions.
 */
import { FunctionError } from "./errors.ts";
import { currentExecution, isTransaction, type Execution } from "./execution.ts";

const TRANSACTION_MS = 1000;
const STRETCH_MS = 10_000;
/** Loops ask every so many rounds. */
const ROUNDS = 100;

type Stretch = { began: number; cpu: NodeJS.CpuUsage };
export type OwnTime = {
  /** Of earlier stretches, ms. */
  used: number;
  stretch: Stretch | null;
  /** Set when the time is up; every later question and the end of the function say so again. */
  over: FunctionError | null;
};

/** While modules load. */
const loading: OwnTime = newOwnTime();

export function newOwnTime(): OwnTime {
  return { used: 0, stretch: null, over: null };
}

/**
 * In how many rounds to ask again.
 * @throws FunctionError when the function has computed for too long.
 */
export function mayGoOn(): number {
  const execution = currentExecution.getStore();
  const time = execution?.time ?? loading;
  if (time.over !== null) throw time.over;
  if (time.stretch === null) {
    time.stretch = { began: performance.now(), cpu: process.threadCpuUsage() };
    setImmediate(endStretch, time);
    return ROUNDS;
  }
  const limit = execution !== undefined && isTransaction(execution) ? TRANSACTION_MS : STRETCH_MS;
  const most = limit - time.used;
  if (performance.now() - time.stretch.began < most || computed(time.stretch) < most) return ROUNDS;
  const error = new FunctionError(timedOut(execution, limit));
  if (execution !== undefined) time.over = error;
  throw error;
}

/** At a syscall, or when the event loop had a turn. */
export function endStretch(time: OwnTime): void {
  if (time.stretch === null) return;
  // Less than a wake-up of the clock is not worth a question to the system.
  if (performance.now() - time.stretch.began > 1) time.used += computed(time.stretch);
  time.stretch = null;
}

function computed({ cpu }: Stretch): number {
  const { user, system } = process.threadCpuUsage(cpu);
  return (user + system) / 1000;
}

function timedOut(execution: Execution | undefined, limit: number): string {
  const duration = `Function execution timed out (maximum duration: ${limit / 1000}s)`;
  if (execution !== undefined && isTransaction(execution)) return duration;
  return `${duration}: it computed so long without waiting for anything, and on the local engine all functions share one thread.`;
}
