/** Syscalls of actions and HTTP actions: each is a transaction or a call of its own. */
import type { JSONValue } from "convex/values";
import type { ReadTransaction } from "../store/types.ts";
import type { VectorQueryJson } from "../store/vectors.ts";
import { resolveAddress, type AddressArgs } from "./address.ts";
import type { ActionExecution } from "./execution.ts";
import type { Call } from "./runner.ts";
import type { Services } from "./services.ts";
import { unknown, type SyscallArgs } from "./syscalls.ts";

export async function actionSyscall(
  services: Services,
  execution: ActionExecution,
  op: string,
  args: SyscallArgs,
): Promise<JSONValue | undefined> {
  const { component } = execution;
  const { store, files, jobs, runner } = services;
  const storageId = String(args.storageId);
  switch (op) {
    case "1.0/actions/query":
    case "1.0/actions/mutation":
    case "1.0/actions/action": {
      const address = resolveAddress(services.deployment(), component, args as AddressArgs);
      const request = { ...execution.request, reason: "action" as const };
      const call: Call = { ...address, args: args.args ?? {}, request, allowed: "all" };
      const outcome =
        await runner[op.slice("1.0/actions/".length) as "query" | "mutation" | "action"](call);
      if (!outcome.ok) throw outcome.error;
      return outcome.value;
    }
    case "1.0/actions/schedule":
      return await jobs.scheduleNow(execution, args);
    case "1.0/actions/cancel_job":
      await store.mutate((tx) => jobs.cancel(tx, component, String(args.id)));
      return {};
    case "1.0/actions/vectorSearch":
      return { results: await searchVectors(services, component, args) };
    case "1.0/storageGetUrl":
      return reading(services, (tx) => files.url(tx, component, storageId));
    case "1.0/storageGetMetadata":
      return reading(services, (tx) => files.metadata(tx, component, storageId));
    case "1.0/storageGenerateUploadUrl":
      return files.uploadUrl(component);
    case "1.0/storageDelete": {
      const { result } = await store.mutate((tx) => files.delete(tx, component, storageId));
      result();
      return {};
    }
    default:
      throw unknown(op);
  }
}

async function searchVectors({ store }: Services, component: string, args: SyscallArgs) {
  const tx = store.snapshot();
  try {
    return await tx.vectorSearch(component, args.query as unknown as VectorQueryJson);
  } finally {
    tx.close();
  }
}

function reading<T>(services: Services, read: (tx: ReadTransaction) => T): T {
  const tx = services.store.snapshot();
  try {
    return read(tx);
  } finally {
    tx.close();
  }
}
