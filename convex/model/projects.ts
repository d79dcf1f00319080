import { omit, pick } from "convex-helpers";
import { formatProjectNumber } from "../../lib/format";
import { type ProjectForm, projectForm } from "../../lib/projects";
import type { Doc, Id } from "../_generated/dataModel";
import type { NewRow, ScopedReader, ScopedWriter } from "../tenancy/scopedDb";
import { recordActivity } from "./activity";
import { actorOf, type AuditActor, changesBetween } from "./audit";
import { withoutEmpty } from "./emptyFields";
import { parseOrInvalid } from "./invalid";
import { followProject } from "./permitCopies";
import { firstStage, openStageX, placeIn } from "./stages";
import { carryOver } from "./stageTotals";

/** What a change of a project carries: a field that is absent stays, null clears it. */
export type ProjectChange = { [Field in keyof ProjectForm]?: ProjectForm[Field] | null };

/** A project as lists show it. */
export function listItem(project: Doc<"projects">) {
  return pick(project, [
    ...(["_id", "_creationTime", "number", "name", "customerName", "siteAddress"] as const),
    ...(["systemSizeKw", "contractPriceCents", "financing", "ownerId"] as const),
    ...(["stageId", "stageEnteredAt", "stageDueAt", "archivedAt", "updatedAt"] as const),
  ]);
}

/** What only the gates look at. */
const GATES_ONLY = ["checks", "movedFrom"] as const;

/** A project as its own page shows it. */
export async function detail(db: ScopedReader, project: Doc<"projects">) {
  const creator = await db.get("members", project.createdBy);
  return {
    ...omit(project, [
      ...(["tenantId", "createdBy", "archived", "sortName", "category", "searchText"] as const),
      ...GATES_ONLY,
      "organizationId",
    ]),
    createdByName: creator?.name ?? "A former member",
  };
}

/** Creates a project in the stage, or in the pipeline's first. Throws INVALID, NOT_FOUND (stage). */
export async function createProject(
  db: ScopedWriter,
  member: Doc<"members">,
  form: ProjectForm,
  stageId: Id<"pipelineStages"> | undefined,
  now: number,
): Promise<Id<"projects">> {
  const fields = withoutEmpty(parseOrInvalid(projectForm, form));
  const stage = stageId === undefined ? await firstStage(db) : await openStageX(db, stageId);
  const project = {
    ...fields,
    sortName: sortNameOf(fields.name),
    number: await nextNumber(db),
    ownerId: member._id,
    crewIds: [],
    ...placeIn(stage, now),
    archived: false,
    createdBy: member._id,
    updatedAt: now,
  };
  const projectId = await db.insert("projects", {
    ...project,
    searchText: searchTextOf(project),
  });
  await carryOver(db, null, project);
  await recordActivity(db, {
    project: { _id: projectId, name: project.name },
    kind: "created",
    actor: actorOf(member),
  });
  return projectId;
}

/** Changes fields of the form. Throws NOT_FOUND, INVALID. */
export async function updateProject(
  db: ScopedWriter,
  actor: AuditActor,
  projectId: Id<"projects">,
  change: ProjectChange,
  now: number,
): Promise<void> {
  const project = await db.getX("projects", projectId);
  const cleared = Object.fromEntries(
    Object.entries(change).map(([field, value]) => [field, value ?? undefined]),
  );
  const fields = parseOrInvalid(projectForm.partial({ name: true, customerName: true }), cleared);
  const given = Object.keys(change) as (keyof ProjectForm)[];
  const patch = withoutEmpty(Object.fromEntries(given.map((field) => [field, fields[field]])));
  const changes = changesBetween(pick(project, given), patch);
  if (changes.length === 0) return;
  const sortName = sortNameOf(fields.name ?? project.name);
  await changeProject(db, project, { ...patch, sortName, updatedAt: now });
  await recordActivity(db, { project, kind: "changed", actor, changes });
}

/**
 * The one place that changes a project's row: the totals of the stages, the words of its search
 * and the copies on its permits follow in the same transaction.
 */
export async function changeProject(
  db: ScopedWriter,
  project: Doc<"projects">,
  change: Partial<NewRow<"projects">>,
): Promise<void> {
  const next = { ...project, ...change };
  await db.patch("projects", project._id, { ...change, searchText: searchTextOf(next) });
  await carryOver(db, project, next);
  await followProject(db, project, next);
}

/** The words by which people look for a project: its number, names, and how to reach the customer. */
function searchTextOf(
  project: Pick<
    NewRow<"projects">,
    "number" | "name" | "customerName" | "customerEmail" | "customerPhone" | "siteAddress"
  >,
): string {
  const { number, name, customerName, customerEmail, customerPhone, siteAddress } = project;
  return [
    ...[formatProjectNumber(number), number, name, customerName],
    ...[siteAddress, customerEmail, customerPhone],
  ]
    .filter((part) => part !== undefined && part !== "")
    .join(" ");
}

/** Archives or restores; doing it twice changes nothing. Throws NOT_FOUND. */
export async function setArchived(
  db: ScopedWriter,
  actor: AuditActor,
  projectId: Id<"projects">,
  archived: boolean,
  now: number,
): Promise<void> {
  const project = await db.getX("projects", projectId);
  if (project.archived === archived) return;
  await changeProject(db, project, {
    archived,
    archivedAt: archived ? now : undefined,
    updatedAt: now,
  });
  const kind = archived ? "archived" : "restored";
  await recordActivity(db, { project, kind, actor });
}

function sortNameOf(name: string): string {
  return name.toLowerCase();
}

/**
 * The next number of the tenant. Two creations at once read the same last row, so the
 * database lets only one of them through and runs the other again: no number twice.
 */
async function nextNumber(db: ScopedReader): Promise<number> {
  const last = await db.query("projects").withIndex("by_tenant_number").order("desc").first();
  return (last?.number ?? 0) + 1;
}
