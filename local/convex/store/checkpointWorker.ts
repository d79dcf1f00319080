/** The thread of checkpoints.ts: one passive checkpoint per message, on a connection of its own. */
import { DatabaseSync } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { CheckpointResult } from "./checkpoints.ts";

const checkpoint = new DatabaseSync(workerData as string, { timeout: 0 }).prepare(
  "PRAGMA wal_checkpoint(PASSIVE)",
);

parentPort?.on("message", () => {
  parentPort?.postMessage(checkpoint.get() as CheckpointResult);
});
