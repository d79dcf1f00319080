/** Syscalls of queries and mutations: the database, nested functions, scheduling, files. */
import type { JSONValue } from "convex/values";
import { MAX_SCHEDULED } from "../scheduling/jobs.ts";
import { DEFAULT_LIMITS } from "../store/limits.ts";
import type { FieldsJson, PageRequest, QueryJson, WriteTransaction } from "../store/types.ts";
import { resolveAddress, type AddressArgs } from "./address.ts";
import { SyscallError } from "./errors.ts";
import type { TransactionExecution } from "./execution.ts";
import type { Services } from "./services.ts";
import { nestedLimits } from "./nesting.ts";
import { unknown, type SyscallArgs } from "./syscalls.ts";

export function openStream(execution: TransactionExecution, query: JSONValue | undefined): number {
  const request = query as unknown as QueryJson;
  checkReadable(request);
  const id = execution.nextStreamId++;
  execution.streams.set(id, execution.tx.query(execution.component, request));
  return id;
}

export function closeStream(execution: TransactionExecution, id: JSONValue | undefined): void {
  execution.streams.delete(Number(id));
}

/** `undefined` and a promise of it mean null. */
export function transactionSyscall(
  services: Services,
  execution: TransactionExecution,
  op: string,
  args: SyscallArgs,
): JSONValue | undefined | Promise<JSONValue | undefined> {
  const { component, tx } = execution;
  switch (op) {
    case "1.0/get":
      return getDocument(execution, args);
    case "1.0/queryStreamNext": {
      const stream = execution.streams.get(Number(args.queryId));
      return stream === undefined ? { value: null, done: true } : stream.next();
    }
    case "1.0/queryPage":
      return queryPage(execution, args as unknown as PageRequest);
    case "1.0/count":
      return tx.count(component, String(args.table));
    case "1.0/insert":
      return {
        _id: writer(execution, op).insert(component, String(args.table), args.value as FieldsJson),
      };
    case "1.0/shallowMerge":
      writer(execution, op).patch(
        component,
        writable(execution, args),
        args.value as FieldsJson,
        tableOf(args),
      );
      return {};
    case "1.0/replace":
      writer(execution, op).replace(
        component,
        writable(execution, args),
        args.value as FieldsJson,
        tableOf(args),
      );
      return {};
    case "1.0/remove":
      return writer(execution, op).remove(component, writable(execution, args), tableOf(args));
    case "1.0/getTransactionMetrics":
      return metrics(execution);
    case "1.0/runUdf": {
      const { udfType } = args;
      const kind = udfType === "mutation" ? "mutation" : "query";
      const address = resolveAddress(services.deployment(), component, args as AddressArgs);
      return services.runner.nested(execution, kind, address, args.args ?? {}, {
        stale: udfType === "snapshotQuery",
        limits: nestedLimits(args.transactionLimits),
      });
    }
    case "1.0/schedule":
      return services.jobs.schedule(writer(execution, op), execution, args);
    case "1.0/cancel_job":
      services.jobs.cancel(writer(execution, op), component, String(args.id));
      return {};
    case "1.0/storageGetUrl":
      return services.files.url(tx, component, String(args.storageId));
    case "1.0/storageGetMetadata":
      return services.files.metadata(tx, component, String(args.storageId));
    case "1.0/storageGenerateUploadUrl":
      writer(execution, op);
      return services.files.uploadUrl(component);
    case "1.0/storageDelete": {
      const deleted = services.files.delete(
        writer(execution, op),
        component,
        String(args.storageId),
      );
      execution.shared.afterCommit.push(deleted);
      return {};
    }
    default:
      throw unknown(op);
  }
}

function getDocument(execution: TransactionExecution, args: SyscallArgs): JSONValue {
  const { component, tx } = execution;
  const id = String(args.id);
  const table = tx.tableOf(component, id);
  if (table !== null && table.startsWith("_") !== (args.isSystem === true)) {
    if (table.startsWith("__")) return null;
    throw new SyscallError(
      args.isSystem === true
        ? `User tables can only be accessed from db.get(). Got an id of table "${table}".`
        : `System tables can only be accessed from db.system.get(). Got an id of table "${table}".`,
    );
  }
  checkTable(args, id, table);
  return tx.get(component, id);
}

function checkTable(args: SyscallArgs, id: string, table: string | null): void {
  if (typeof args.table === "string" && table !== null && table !== args.table) {
    throw new SyscallError(
      `Invalid argument \`id\`: expected an id of table "${args.table}", but "${id}" is of table "${table}".`,
    );
  }
}

/** The id to write to, which must not be of a system table. */
function writable(execution: TransactionExecution, args: SyscallArgs): string {
  const id = String(args.id);
  if (execution.tx.tableOf(execution.component, id)?.startsWith("_")) {
    throw new SyscallError("System tables (prefixed with `_`) are read-only.");
  }
  return id;
}

function queryPage(execution: TransactionExecution, request: PageRequest): JSONValue {
  checkReadable(request.query);
  if (execution.paginated) {
    throw new SyscallError(
      "This query or mutation function ran multiple paginated queries. " +
        "Convex only supports a single paginated query in each function.",
    );
  }
  execution.paginated = true;
  // A page that is run again ends where it ended before, so that pages stay without gaps.
  const endCursor = request.endCursor ?? execution.journal?.endCursor ?? null;
  const page = execution.tx.queryPage(execution.component, { ...request, endCursor });
  execution.nextJournal = { endCursor: page.continueCursor };
  return page;
}

/** Private tables of the engine cannot be named. convex/server checks the other system tables. */
function checkReadable({ source }: QueryJson): void {
  const table = source.type === "FullTableScan" ? source.tableName : source.indexName;
  if (table.startsWith("__")) throw new SyscallError(`There is no table "${table.split(".")[0]}".`);
}

function tableOf(args: SyscallArgs): string | undefined {
  return typeof args.table === "string" ? args.table : undefined;
}

function writer(execution: TransactionExecution, op: string): WriteTransaction {
  if (execution.kind === "query")
    throw new SyscallError(`Unknown async operation ${op}: a query cannot write.`);
  return execution.tx as WriteTransaction;
}

function metrics({ tx, shared }: TransactionExecution): JSONValue {
  const { indexRanges, ...counted } = tx.metrics;
  const { indexRanges: mostRanges, ...limits } = DEFAULT_LIMITS;
  const { functions, bytes } = shared.scheduled;
  const used = {
    ...{ ...counted, databaseQueries: indexRanges },
    ...{ functionsScheduled: functions, scheduledFunctionArgsBytes: bytes },
  };
  const most = {
    ...{ ...limits, databaseQueries: mostRanges },
    ...{ functionsScheduled: MAX_SCHEDULED.functions },
    ...{ scheduledFunctionArgsBytes: MAX_SCHEDULED.bytes },
  };
  return Object.fromEntries(
    Object.entries(used).map(([name, amount]) => {
      const remaining = Math.max(0, most[name as keyof typeof most] - amount);
      return [name, { used: amount, remaining }];
    }),
  );
}
