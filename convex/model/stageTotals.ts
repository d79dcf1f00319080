import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedWriter } from "../tenancy/scopedDb";

type Counted = Pick<
  Doc<"projects">,
  "stageId" | "archived" | "systemSizeKw" | "contractPriceCents"
>;
type Totals = Pick<Doc<"stageTotals">, "projects" | "systemSizeKw" | "contractPriceCents">;

const NOTHING: Totals = { projects: 0, systemSizeKw: 0, contractPriceCents: 0 };

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

/** What a project adds to the totals of a stage. */
function shareOf(project: Counted | null, stageId: Id<"pipelineStages">): Totals {
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
  const row = await db
    .query("stageTotals")
    .withIndex("by_tenant_stage", (q) => q.eq("stageId", stageId))
    .unique();
  if (row === null) {
    await db.insert("stageTotals", { stageId, ...change });
    return;
  }
  const projects = row.projects + change.projects;
  // Sums of decimals drift; an empty stage is exactly empty again.
  const sums = {
    systemSizeKw: Math.round((row.systemSizeKw + change.systemSizeKw) * 1e6) / 1e6,
    contractPriceCents: row.contractPriceCents + change.contractPriceCents,
  };
  await db.patch("stageTotals", row._id, projects === 0 ? NOTHING : { projects, ...sums });
}
