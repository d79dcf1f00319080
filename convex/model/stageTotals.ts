import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";

type Counted = Pick<
  Doc<"projects">,
  "stageId" | "archived" | "systemSizeKw" | "contractPriceCents"
>;
export type Totals = Pick<Doc<"stageTotals">, "projects" | "systemSizeKw" | "contractPriceCents">;

export const NOTHING: Totals = { projects: 0, systemSizeKw: 0, contractPriceCents: 0 };

/**
 * Carries a project's change over into the totals of its stages: `before` is null for a
 * new project. Called by whatever writes projects (model/projects.ts), in the same transaction.
 */
export async function carryOver(
  db: ScopedWriter,
  before: Counted | null,
  after: Counted,
): Promise<void> {
  const stages = new Set([...(before ? [before.stageId] : []), after.stageId]);
  for (const stageId of stages) {
    await add(db, stageId, difference(shareOf(after, stageId), shareOf(before, stageId)));
  }
}

/** The kept totals of a stage; null when it never held a project. */
export async function totalsOf(
  db: ScopedReader,
  stageId: Id<"pipelineStages">,
): Promise<Doc<"stageTotals"> | null> {
  return await db
    .query("stageTotals")
    .withIndex("by_tenant_stage", (q) => q.eq("stageId", stageId))
    .unique();
}

/** Two totals together. Sums of decimals drift; an empty stage is exactly empty again. */
export function sumOf(one: Totals, other: Totals): Totals {
  const projects = one.projects + other.projects;
  if (projects === 0) return NOTHING;
  return {
    projects,
    systemSizeKw: Math.round((one.systemSizeKw + other.systemSizeKw) * 1e6) / 1e6,
    contractPriceCents: one.contractPriceCents + other.contractPriceCents,
  };
}

/** What a project adds to the totals of a stage. */
export function shareOf(project: Counted | null, stageId: Id<"pipelineStages">): Totals {
  if (project === null || project.archived || project.stageId !== stageId) return NOTHING;
  const { systemSizeKw = 0, contractPriceCents = 0 } = project;
  return { projects: 1, systemSizeKw, contractPriceCents };
}

function difference(after: Totals, before: Totals): Totals {
  return {
    projects: after.projects - before.projects,
    systemSizeKw: after.systemSizeKw - before.systemSizeKw,
    contractPriceCents: after.contractPriceCents - before.contractPriceCents,
  };
}

async function add(db: ScopedWriter, stageId: Id<"pipelineStages">, change: Totals): Promise<void> {
  if (Object.values(change).every((each) => each === 0)) return;
  const row = await totalsOf(db, stageId);
  if (row === null) {
    await db.insert("stageTotals", { stageId, ...change, changes: 1 });
    return;
  }
  const changes = (row.changes ?? 0) + 1;
  await db.patch("stageTotals", row._id, { ...sumOf(row, change), changes });
}
