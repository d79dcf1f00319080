import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { startConvex } from "../../local/convex/server.ts";
import { report } from "./figures.ts";

const ROWS = 50_000;
const ROWS_A_CALL = 1_000;
const PATIENCE_MS = 10 * 60_000;

/** How long the erasure of a large company takes, and what its largest transaction reads and writes. */
export async function measureErasure(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "sunup-erase-"));
  const most = { read: 0, written: 0, bytesRead: 0 };
  const convex = await startConvex({
    functionsDir: join(import.meta.dirname, "erase/functions"),
    dataDir,
    port: 0,
    sitePort: 0,
    env: {},
    onLog(event) {
      if (event.topic !== "function_execution" || !event.function.path.startsWith("erasure:")) {
        return;
      }
      const { usage } = event;
      most.read = Math.max(most.read, usage.database_read_documents);
      most.written = Math.max(most.written, usage.database_write_documents);
      most.bytesRead = Math.max(most.bytesRead, usage.database_read_bytes);
    },
  });
  try {
    const client = new ConvexHttpClient(convex.url, { skipConvexDeploymentUrlCheck: true });
    (client as unknown as { setAdminAuth(key: string): void }).setAdminAuth(convex.adminKey);
    const call = (name: string, args: object = {}) =>
      client.mutation(makeFunctionReference<"mutation">(`company:${name}`), args);
    const tenantId: unknown = await call("make");
    const count = ROWS_A_CALL / 2;
    for (let from = 0; from < ROWS / 2; from += count) {
      await call("fill", { tenantId, from, count });
    }
    const began = performance.now();
    await call("erase");
    let erased: number | null = null;
    while (erased === null) {
      if (performance.now() - began > PATIENCE_MS) throw new Error("The erasure does not end.");
      await sleep(100);
      erased = await client.query(makeFunctionReference<"query">("company:erased"), {});
    }
    if (erased <= ROWS) throw new Error(`Only ${erased} rows were erased.`);
    report("erase.seconds_50k", (performance.now() - began) / 1_000, "s");
    report("erase.most_documents_read", most.read, "documents");
    report("erase.most_documents_written", most.written, "documents");
    report("erase.most_bytes_read", most.bytesRead, "bytes");
  } finally {
    await convex.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
