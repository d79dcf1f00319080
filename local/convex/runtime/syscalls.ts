/**
 * The `Convex` global: what convex/server asks of the backend. Everything is JSON text, except for
 * the two storage calls that carry a Blob.
 */
import type { JSONValue } from "convex/values";
import { parsed } from "./commitTs.ts";
import { FunctionError, SyscallError, toSyscallFailure } from "./errors.ts";
import {
  currentExecution,
  hasEnded,
  holdsWriter,
  isTransaction,
  type Execution,
} from "./execution.ts";
import { actionSyscall } from "./actionSyscalls.ts";
import type { ConvexGlobal } from "./globals.ts";
import { laneOf } from "./identity.ts";
import { commonSyscall } from "./metaSyscalls.ts";
import { endStretch } from "./ownTime.ts";
import type { Services } from "./services.ts";
import { counted } from "./unawaited.ts";
import { closeStream, openStream, transactionSyscall } from "./transactionSyscalls.ts";

export type SyscallArgs = { [name: string]: JSONValue | undefined };

export function convexGlobal(services: Services): ConvexGlobal {
  return {
    syscall: (op, text) => {
      const execution = current(op);
      return JSON.stringify(syncSyscall(execution, op, parsed(execution, text) as SyscallArgs));
    },
    asyncSyscall: async (op, text) => {
      const execution = current(op);
      const args = parsed(execution, text) as SyscallArgs;
      try {
        const answer = () => dispatch(services, execution, op, args);
        const value = isTransaction(execution)
          ? await counted(execution, () => execution.userTime.during(answer()))
          : await answer();
        return JSON.stringify(value ?? null);
      } catch (error) {
        throw toSyscallFailure(error);
      }
    },
    jsSyscall: async (op, args) => {
      const execution = current(op);
      if (isTransaction(execution)) throw unknown(op);
      const { component } = execution;
      if (op === "storage/storeBlob") {
        const { blob, options } = args as { blob: Blob; options?: { sha256?: string } };
        if (!(blob instanceof Blob)) {
          throw new SyscallError(
            "store() expects a Blob. If you are trying to store a Request, `await request.blob()` will give you the correct input.",
          );
        }
        execution.traffic.filesWritten += blob.size;
        return await services.files.storeBlob(component, blob, options?.sha256);
      }
      if (op === "storage/getBlob") {
        const blob = await services.files.readBlob(component, String(args.storageId));
        execution.traffic.filesRead += blob?.size ?? 0;
        return blob;
      }
      throw unknown(op);
    },
  };
}

async function dispatch(
  services: Services,
  execution: Execution,
  op: string,
  args: SyscallArgs,
): Promise<JSONValue | undefined> {
  const pause = holdsWriter(execution)
    ? services.store.breatheWriting()
    : services.store.breathe(laneOf(execution.request.identity));
  if (pause !== undefined) await pause;
  if (!isTransaction(execution)) {
    const result = commonSyscall(services, execution, op, args);
    return result === undefined ? await actionSyscall(services, execution, op, args) : result;
  }
  const run = execution.queue.then(() => {
    if (hasEnded(execution)) throw tooLate(op);
    const result = commonSyscall(services, execution, op, args);
    return result === undefined ? transactionSyscall(services, execution, op, args) : result;
  });
  execution.queue = run.catch(() => undefined);
  return await run;
}

function syncSyscall(execution: Execution, op: string, args: SyscallArgs): JSONValue {
  if (isTransaction(execution)) {
    switch (op) {
      case "1.0/queryStream":
        return { queryId: openStream(execution, args.query) };
      case "1.0/queryCleanup":
        closeStream(execution, args.queryId);
        return {};
      case "1.0/db/normalizeId":
        return {
          id: execution.tx.normalizeId(
            execution.component,
            String(args.table),
            String(args.idString),
          ),
        };
      case "1.0/getSnapshotTs": {
        const bytes = Buffer.alloc(8);
        bytes.writeBigInt64LE(execution.tx.ts);
        return { $integer: bytes.toString("base64") };
      }
    }
  }
  throw unknown(op);
}

function current(op: string): Execution {
  const execution = currentExecution.getStore();
  if (execution === undefined) {
    throw new FunctionError(
      "Convex's database, auth and storage can only be used inside of a function.",
    );
  }
  if (hasEnded(execution)) throw tooLate(op);
  if (execution.time.over !== null) throw execution.time.over;
  endStretch(execution.time);
  return execution;
}

function tooLate(op: string): Error {
  return new SyscallError(
    `${op} was called after the function had returned. Await every promise that the function starts.`,
  );
}

/** convex/server looks for "Unknown async operation" in this text. */
export function unknown(op: string): Error {
  return new SyscallError(`Unknown async operation ${op}: the local engine does not have it here.`);
}
