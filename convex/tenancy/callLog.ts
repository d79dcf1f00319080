import type { CallNote } from "../../lib/telemetry/callNote";
import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";

type Done = (done: { ctx: Pick<QueryCtx, "meta">; result: unknown }) => Promise<void>;

/**
 * Says at the end of a company's function, as one line of the log, what the deployment's log
 * stream cannot know: for whom it ran and what it read. Only successes say it; a failure is in
 * the stream without it. The line never goes to clients of a production deployment.
 */
export function callLog(tenant: Id<"tenants">, member: Id<"members"> | null): Done {
  return async ({ ctx, result }) => {
    const metrics = await ctx.meta.getTransactionMetrics();
    const note: CallNote = {
      tenant,
      member,
      indexRanges: metrics.databaseQueries.used,
      rows: rowsOf(result),
      documentsRead: metrics.documentsRead.used,
      documentsWritten: metrics.documentsWritten.used,
      bytesRead: metrics.bytesRead.used,
      bytesWritten: metrics.bytesWritten.used,
    };
    console.debug(JSON.stringify({ sunup: "call", ...note }));
  };
}

function rowsOf(result: unknown): number {
  if (result === null || result === undefined) return 0;
  if (Array.isArray(result)) return result.length;
  const { page } = result as { page?: unknown };
  return Array.isArray(page) ? page.length : 1;
}
