import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";
import { recordActivity } from "./activity";
import { type AuditActor, changesBetween } from "./audit";
import { openAuthorityX } from "./authorities";
import { changeProject } from "./projects";

type AuthorityId = Id<"authorities">;

/** Who decides on a project's papers; absent stays, null is none. */
export type ProjectAuthorities = { ahjId?: AuthorityId | null; utilityId?: AuthorityId | null };

/** Throws NOT_FOUND, CONFLICT (taken out of the directory, or of the other kind). */
export async function setAuthorities(
  db: ScopedWriter,
  actor: AuditActor,
  projectId: Id<"projects">,
  given: ProjectAuthorities,
  now: number,
): Promise<void> {
  const project = await db.getX("projects", projectId);
  const after = {
    ahjId: given.ahjId === undefined ? project.ahjId : (given.ahjId ?? undefined),
    utilityId: given.utilityId === undefined ? project.utilityId : (given.utilityId ?? undefined),
  };
  if (after.ahjId && after.ahjId !== project.ahjId) await openAuthorityX(db, after.ahjId, "ahj");
  if (after.utilityId && after.utilityId !== project.utilityId) {
    await openAuthorityX(db, after.utilityId, "utility");
  }
  const changes = changesBetween(await namesOf(db, project), await namesOf(db, after));
  if (changes.length === 0) return;
  await changeProject(db, project, { ...after, updatedAt: now });
  await recordActivity(db, { project, kind: "changed", actor, changes });
}

async function namesOf(
  db: ScopedReader,
  { ahjId, utilityId }: Pick<Doc<"projects">, "ahjId" | "utilityId">,
) {
  return {
    ahj: ahjId && (await db.get("authorities", ahjId))?.name,
    utility: utilityId && (await db.get("authorities", utilityId))?.name,
  };
}
