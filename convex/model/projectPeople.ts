import { sunupError } from "../../lib/errors";
import type { Doc, Id } from "../_generated/dataModel";
import type { AssistedCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { activeMemberX } from "./activeMembers";
import { recordActivity } from "./activity";
import { changesBetween } from "./audit";
import { notify } from "./notify";
import { changeProject } from "./projects";

const MAX_CREW = 30;

/** Who answers for a project and who works on site; absent stays, a null owner is none. */
export type ProjectPeople = { ownerId?: Id<"members"> | null; crewIds?: Id<"members">[] };

/** Throws NOT_FOUND, INVALID (too many), CONFLICT (somebody who is newly named has no access). */
export async function assignPeople(
  ctx: Pick<AssistedCtx, "db" | "schedule" | "actor" | "tenant">,
  projectId: Id<"projects">,
  { ownerId, crewIds }: ProjectPeople,
  now: number,
): Promise<void> {
  const { db, actor } = ctx;
  const project = await db.getX("projects", projectId);
  const after = {
    ownerId: ownerId === undefined ? project.ownerId : (ownerId ?? undefined),
    crewIds: crewIds === undefined ? project.crewIds : [...new Set(crewIds)],
  };
  if (after.crewIds.length > MAX_CREW) {
    throw sunupError("INVALID", { message: `A crew can have at most ${MAX_CREW} people.` });
  }
  const before = { owner: await nameOf(db, project.ownerId), crew: await namesOf(db, project) };
  const owner = after.ownerId === project.ownerId ? undefined : after.ownerId;
  const crew = after.crewIds.filter((id) => !project.crewIds.includes(id));
  for (const id of new Set([...(owner ? [owner] : []), ...crew])) {
    const wasNamed = id === project.ownerId || project.crewIds.includes(id);
    if (!wasNamed) await activeMemberX(db, id);
  }
  const changes = changesBetween(before, {
    owner: await nameOf(db, after.ownerId),
    crew: await namesOf(db, after),
  });
  if (changes.length === 0) return;
  await changeProject(db, project, { ...after, updatedAt: now });
  await recordActivity(db, { project, kind: "changed", actor, changes });
  const news = { key: projectId, about: project.name, subject: { projectId } };
  await notify(ctx, actor, owner ? [owner] : [], { kind: "projectOwner", ...news });
  await notify(
    ctx,
    actor,
    crew.filter((id) => id !== owner),
    { kind: "projectCrew", ...news },
  );
}

async function nameOf(db: ScopedReader, id: Id<"members"> | undefined): Promise<string> {
  return id === undefined ? "" : ((await db.get("members", id))?.name ?? "");
}

async function namesOf(db: ScopedReader, { crewIds }: Pick<Doc<"projects">, "crewIds">) {
  return await Promise.all(crewIds.map((id) => nameOf(db, id)));
}
