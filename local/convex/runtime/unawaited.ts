/**
 * What a query or mutation starts and does not await. As on Convex it belongs to the function: it runs
 * to its end before the function has returned, and where nobody handles its failure, the function fails.
 */
import { toFunctionError } from "./errors.ts";
import { currentExecution, isTransaction, type TransactionExecution } from "./execution.ts";

/** Syscalls that are under way, and whether one has failed. */
export type Started = { open: number; failed: boolean };

/** Runs a syscall of the execution. */
export async function counted<T>(
  { started }: TransactionExecution,
  syscall: () => Promise<T>,
): Promise<T> {
  started.open++;
  try {
    return await syscall();
  } catch (error) {
    started.failed = true;
    throw error;
  } finally {
    started.open--;
  }
}

/** Resolves when nothing that the function started goes on. */
export async function allDone(execution: TransactionExecution): Promise<void> {
  const { started } = execution;
  for (;;) {
    // By then all promises have run on as far as they can without a syscall.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    if (started.open === 0 && !started.failed) return;
    started.failed = false;
    await execution.queue;
    // Failures that nobody handled are told after the microtasks (see failsFunction).
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** For `unhandledRejection`: whether it is of a query or mutation, which then fails with it. */
export function failsFunction(reason: unknown): boolean {
  const execution = currentExecution.getStore();
  if (execution === undefined || !isTransaction(execution) || execution.ended) return false;
  execution.time.over ??= toFunctionError(reason);
  return true;
}
