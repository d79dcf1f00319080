import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { startConvex } from "../../local/convex/server.ts";
import { restoreArchive } from "../../local/restore/restore.ts";
import { report } from "./figures.ts";

const ROWS = 100_000;
const ROWS_A_PROJECT = 10;
const PROJECTS_A_CALL = 100;
const PATIENCE_MS = 10 * 60_000;

/**
 * How long a company of 100,000 rows takes to be written into an archive and to be restored from
 * it, and by how much the memory of the process grows meanwhile: the engine with all that it runs.
 */
export async function measureArchive(): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "sunup-archive-"));
  const convex = await startConvex({
    functionsDir: join(import.meta.dirname, "archive/functions"),
    dataDir,
    port: 0,
    sitePort: 0,
    env: {},
    onLog(event) {
      if (event.topic === "function_execution" && event.error_message !== null) {
        console.error(event.function.path, event.error_message);
      }
    },
  });
  const memory = { before: 0, most: 0 };
  const rss = () => process.memoryUsage().rss / 1024 / 1024;
  const watch = setInterval(() => (memory.most = Math.max(memory.most, rss())), 100);
  try {
    const client = new ConvexHttpClient(convex.url, { skipConvexDeploymentUrlCheck: true });
    (client as unknown as { setAdminAuth(key: string): void }).setAdminAuth(convex.adminKey);
    const call = async <Answer>(name: string, args: object) =>
      (await client.mutation(
        makeFunctionReference<"mutation">(`company:${name}`),
        args as Record<string, never>,
      )) as Answer;

    const tenantId = await call<string>("make", { slug: "large" });
    const about = { tenantId, ...(await call<object>("prepare", { tenantId })) };
    for (let from = 0; from < ROWS / ROWS_A_PROJECT; from += PROJECTS_A_CALL) {
      await call("fill", { ...about, from, count: PROJECTS_A_CALL });
    }

    memory.before = memory.most = rss();
    let began = performance.now();
    const archiveId = await call<string>("start", { tenantId });
    const isWritten = makeFunctionReference<
      "query",
      { archiveId: string },
      { rows: number; urls: string[] } | null
    >("company:written");
    let written = await client.query(isWritten, { archiveId });
    while (written === null) {
      if (performance.now() - began > PATIENCE_MS) throw new Error("The archive is not written.");
      await sleep(100);
      written = await client.query(isWritten, { archiveId });
    }
    if (written.rows < ROWS) throw new Error(`Only ${written.rows} rows were written.`);
    report("archive.export_s_100k", (performance.now() - began) / 1_000, "s");
    report("archive.export_memory_mb", memory.most - memory.before, "MB");

    const parts = written.urls.map(async (url) => await (await fetch(url)).blob());
    const archive = new Blob(await Promise.all(parts));
    report("archive.size_mb", archive.size / 1024 / 1024, "MB");
    await call("make", { slug: "new" });
    memory.before = memory.most = rss();
    began = performance.now();
    const deployment = { convexUrl: convex.url, convexAdminKey: convex.adminKey };
    const wanted = { archive, company: "new", reason: "Measured" };
    const restored = await restoreArchive(deployment, wanted);
    if (restored.rows < ROWS || restored.leftOut > 0) {
      throw new Error(`${restored.rows} rows were restored, ${restored.leftOut} left out.`);
    }
    report("archive.restore_s_100k", (performance.now() - began) / 1_000, "s");
    report("archive.restore_memory_mb", memory.most - memory.before, "MB");
  } finally {
    clearInterval(watch);
    await convex.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}
