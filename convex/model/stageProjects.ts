import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { changeProject } from "./projects";
import { placeIn } from "./stages";

/** Projects that one transaction changes: far below every limit of Convex. */
const BATCH = 100;

/** Where a refresh goes on: first the projects in work, then the archived ones. */
export type RefreshPlace = { archived: boolean; cursor: string | null };

/**
 * Lets the projects of a stage follow its category and target, batch by batch, the first
 * at once. Each batch reads the stage as it then is, so two refreshes at the same time
 * come to the same end.
 */
export async function refreshProjects(
  { db, schedule }: TenantWriteCtx,
  stageId: Id<"pipelineStages">,
  { archived, cursor }: RefreshPlace = { archived: false, cursor: null },
): Promise<void> {
  const stage = await db.get("pipelineStages", stageId);
  if (stage === null) return;
  const { page, isDone, continueCursor } = await db
    .query("projects")
    .withIndex("by_tenant_archived_stage_created", (q) =>
      q.eq("archived", archived).eq("stageId", stageId),
    )
    .paginate({ numItems: BATCH, cursor });
  for (const project of page) {
    const { category, stageDueAt } = placeIn(stage, project.stageEnteredAt);
    if (project.category === category && project.stageDueAt === stageDueAt) continue;
    await changeProject(db, project, { category, stageDueAt });
  }
  const next = isDone ? { archived: true, cursor: null } : { archived, cursor: continueCursor };
  if (isDone && archived) return;
  await schedule.after(0, internal.pipelineStages.refreshProjects, { stageId, place: next });
}

/** The first projects of a stage, archived ones last, and whether there are no more. */
export async function someProjectsOf(
  db: ScopedReader,
  stageId: Id<"pipelineStages">,
): Promise<{ projects: Doc<"projects">[]; areAll: boolean }> {
  const projects: Doc<"projects">[] = [];
  for (const archived of [false, true]) {
    if (projects.length === BATCH) break;
    const some = await db
      .query("projects")
      .withIndex("by_tenant_archived_stage_created", (q) =>
        q.eq("archived", archived).eq("stageId", stageId),
      )
      .take(BATCH - projects.length);
    projects.push(...some);
  }
  return { projects, areAll: projects.length < BATCH };
}
