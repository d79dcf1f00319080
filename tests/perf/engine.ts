import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measureLoad } from "./engine/load.ts";
import { measureReads } from "./engine/reads.ts";
import { measureWrites } from "./engine/writes.ts";

const MILLION = 1_000_000;

/** engine.*: the local Convex engine alone, every commit on disk. */
export async function measureEngine(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "sunup-engine-"));
  try {
    await measureLoad(join(folder, "load"));
    await measureWrites(join(folder, "writes"));
    await measureReads(join(folder, "reads"), MILLION);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
