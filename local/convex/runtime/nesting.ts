/** What a query or mutation that another one calls may do at most: depth, and limits of its own. */
import type { JSONValue } from "convex/values";
import type { TransactionLimits } from "../store/types.ts";
import { FunctionError, SyscallError } from "./errors.ts";
import type { Scheduled, TransactionExecution } from "./execution.ts";

/** Beyond what was done before the call. */
export type NestedLimits = { transaction: Partial<TransactionLimits>; scheduled: Scheduled };

/** How deep functions may call each other inside of one transaction. */
const MAX_CALL_DEPTH = 8;

/** @throws FunctionError when `parent` may not call another function. */
export function checkDepth(parent: TransactionExecution): void {
  if (depthOf(parent) < MAX_CALL_DEPTH) return;
  throw new FunctionError(
    "Cross component call depth limit exceeded. Do you have an infinite loop in your app?",
  );
}

/** `transactionLimits` of ctx.runQuery and ctx.runMutation, under the names of the store. */
export function nestedLimits(given: JSONValue | undefined): NestedLimits {
  const limits = (given ?? {}) as Record<string, number>;
  for (const [name, limit] of Object.entries(limits)) {
    if (!(limit >= 0))
      throw new SyscallError(`transactionLimits.${name} must be a number from 0 up.`);
  }
  const { databaseQueries, functionsScheduled, scheduledFunctionArgsBytes, ...same } = limits;
  return {
    transaction: { ...same, indexRanges: databaseQueries ?? Infinity },
    scheduled: {
      functions: functionsScheduled ?? Infinity,
      bytes: scheduledFunctionArgsBytes ?? Infinity,
    },
  };
}

function depthOf({ parent }: TransactionExecution): number {
  return parent === null ? 0 : 1 + depthOf(parent);
}

/** Puts `limits` in force for a nested function and gives the way back. Nested calls of one transaction run one after another, so in their order. */
export function lowerLimits(
  { tx, shared }: TransactionExecution,
  { transaction, scheduled }: NestedLimits,
): () => void {
  const restore = tx.lowerLimits(transaction);
  const before = shared.mostScheduled;
  shared.mostScheduled = {
    functions: Math.min(before.functions, shared.scheduled.functions + scheduled.functions),
    bytes: Math.min(before.bytes, shared.scheduled.bytes + scheduled.bytes),
  };
  return () => {
    restore();
    shared.mostScheduled = before;
  };
}
