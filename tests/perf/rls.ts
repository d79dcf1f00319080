import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FunctionReference, makeFunctionReference } from "convex/server";
import { ConvexHttpClient } from "convex/browser";
import { type LogEvent, startConvex } from "../../local/convex/server.ts";
import { percentile, report } from "./figures.ts";

const SIZES = [25, 1000];
const WARM_UP = 20;
const ROUNDS = 150;

/** Time and reads of a query behind both walls against the same query with the raw database. */
export async function measureRowLevelSecurity(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "sunup-rls-"));
  const executions: LogEvent[] = [];
  const convex = await startConvex({
    functionsDir: join(import.meta.dirname, "rls/functions"),
    dataDir,
    port: 0,
    sitePort: 0,
    env: {},
    onLog: (event) => event.topic === "function_execution" && executions.push(event),
  });
  try {
    const client = new ConvexHttpClient(convex.url, { skipConvexDeploymentUrlCheck: true });
    (client as unknown as { setAdminAuth(key: string): void }).setAdminAuth(convex.adminKey);
    const fill = makeFunctionReference<"mutation">("reads:fill");
    const tenantId = (await client.mutation(fill, { projects: 1000 })) as string;

    /** Runs one query; what the engine says of it, without network and serving. */
    async function run(query: FunctionReference<"query">, count: number) {
      executions.length = 0;
      const rows = (await client.query(query, { tenantId, count })) as number;
      const [event] = executions;
      if (rows !== count || event?.topic !== "function_execution") {
        throw new Error(`The read of ${count} rows gave ${rows}.`);
      }
      return { ms: event.execution_time_ms, documents: event.usage.database_read_documents };
    }

    const raw = makeFunctionReference<"query">("reads:raw");
    const scoped = makeFunctionReference<"query">("reads:scoped");
    for (const count of SIZES) {
      const times = { raw: [] as number[], scoped: [] as number[] };
      let extraDocuments = 0;
      for (let round = 0; round < WARM_UP + ROUNDS; round++) {
        // In turn, and each first in every second round: neither has the warmer machine.
        const first = round % 2 === 0 ? raw : scoped;
        const a = await run(first, count);
        const b = await run(first === raw ? scoped : raw, count);
        const [rawRun, scopedRun] = first === raw ? [a, b] : [b, a];
        extraDocuments = Math.max(extraDocuments, scopedRun.documents - rawRun.documents);
        if (round < WARM_UP) continue;
        times.raw.push(rawRun.ms);
        times.scoped.push(scopedRun.ms);
      }
      const ratio = percentile(times.scoped, 0.5) / percentile(times.raw, 0.5);
      report(`rls.scoped_read_ratio_${count}`, ratio, "ratio");
      report(`rls.extra_documents_${count}`, extraDocuments, "documents");
    }
  } finally {
    await convex.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
