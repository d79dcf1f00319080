/**
 * The engine's own tables. `_storage` and `_scheduled_functions` are Convex's and can be read through
 * db.system; the others are private and live in the app's component, whatever component they serve.
 */
import type { ReadTransaction, TableJson } from "./store/types.ts";

/** Pending and interrupted work: { jobId, component, path, time } and who asked. */
export const JOB_QUEUE = "__job_queue";
/** State of the cron jobs: { component, name, schedule, nextTime }. */
export const CRON_JOBS = "__cron_jobs";
/** Where a stored file is: { storageId, component, uuid }. */
export const FILES = "__files";
/** Mutations that clients may send again: { sessionId, requestId, value, ts }. */
export const SESSION_REQUESTS = "__session_requests";
/** What `npx convex env set` stored: { name, value }. */
export const ENVIRONMENT = "__environment_variables";

export const SYSTEM_TABLES: TableJson[] = [
  table("_storage", {}),
  table("_scheduled_functions", {}),
  table(JOB_QUEUE, { by_time: ["state", "time"], by_job: ["component", "jobId"] }),
  table(CRON_JOBS, { by_name: ["component", "name"] }),
  table(FILES, { by_storage_id: ["component", "storageId"], by_uuid: ["uuid"] }),
  table(SESSION_REQUESTS, { by_request: ["sessionId", "requestId"] }),
  table(ENVIRONMENT, { by_name: ["name"] }),
];

/** The first row of a private table whose index fields equal `values`. */
export function findRow<Row>(
  tx: ReadTransaction,
  index: string,
  values: Record<string, string | number>,
): (Row & { _id: string; _creationTime: number }) | null {
  const range = Object.entries(values).map(
    ([fieldPath, value]) => ({ type: "Eq", fieldPath, value }) as const,
  );
  const source = { type: "IndexRange", indexName: index, range, order: "asc" } as const;
  const { value } = tx.query("", { source, operators: [] }).next();
  return value as unknown as (Row & { _id: string; _creationTime: number }) | null;
}

/** All rows of a private table, by index from the smallest, as far as the caller reads. */
export function* rows<Row>(
  tx: ReadTransaction,
  index: string,
  values: Record<string, string | number> = {},
): Generator<Row & { _id: string; _creationTime: number }> {
  const range = Object.entries(values).map(
    ([fieldPath, value]) => ({ type: "Eq", fieldPath, value }) as const,
  );
  const source = { type: "IndexRange", indexName: index, range, order: "asc" } as const;
  const stream = tx.query("", { source, operators: [] });
  for (let next = stream.next(); !next.done; next = stream.next()) {
    yield next.value as unknown as Row & { _id: string; _creationTime: number };
  }
}

function table(tableName: string, indexes: Record<string, string[]>): TableJson {
  return {
    tableName,
    indexes: Object.entries(indexes).map(([indexDescriptor, fields]) => ({
      indexDescriptor,
      fields,
    })),
  };
}
