import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { type PropertyValidators, v, type Validator, type VString } from "convex/values";
import { literals, nullable } from "convex-helpers/validators";
import { EVIDENCE_PLACES } from "../lib/gates";
import { PROJECT_SORTS } from "../lib/projects";
import { auditExport } from "./model/exports";
import { standingOf } from "./model/gates";
import { listProjects, overdueProjects } from "./model/projectList";
import * as authorities from "./model/projectAuthorities";
import { assignPeople } from "./model/projectPeople";
import * as model from "./model/projects";
import { followProject } from "./model/taskProjects";
import * as checks from "./model/stageChecks";
import * as moves from "./model/stageMoves";
import { stageCategory, stageRequirement } from "./tables/pipeline";
import { financing, projectDetails } from "./tables/projects";
import { assistedMutation, tenantMutation, tenantQuery } from "./tenancy/functions";

const listItem = {
  _id: v.id("projects"),
  _creationTime: v.number(),
  number: v.number(),
  name: v.string(),
  customerName: v.string(),
  siteAddress: v.optional(v.string()),
  systemSizeKw: v.optional(v.number()),
  contractPriceCents: v.optional(v.number()),
  financing: v.optional(financing),
  ownerId: v.optional(v.id("members")),
  stageId: v.id("pipelineStages"),
  stageEnteredAt: v.number(),
  stageDueAt: v.optional(v.number()),
  archivedAt: v.optional(v.number()),
  updatedAt: v.number(),
};

/** The same fields, each optional, and null to clear it. */
function clearable<Fields extends PropertyValidators>(fields: Fields) {
  type Clearable<Field> =
    Field extends Validator<infer Value, "required", string>
      ? Validator<Value | null, "optional", string>
      : never;
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, v.optional(nullable(field as VString))]),
  ) as unknown as { [Name in keyof Fields]: Clearable<Fields[Name]> };
}

/**
 * Projects, newest first unless another order is asked for; archived ones on their own. With
 * `words`, those in which they are found, the best match first. A page may be shorter than
 * asked for when several filters meet. Needs projects.read.
 */
export const list = tenantQuery({
  permission: "projects.read",
  args: {
    paginationOpts: paginationOptsValidator,
    words: v.optional(v.string()),
    archived: v.optional(v.boolean()),
    stageId: v.optional(v.id("pipelineStages")),
    category: v.optional(stageCategory),
    ownerId: v.optional(v.id("members")),
    financing: v.optional(financing),
    createdFrom: v.optional(v.number()),
    createdBefore: v.optional(v.number()),
    sort: v.optional(literals(...PROJECT_SORTS)),
    direction: v.optional(literals("asc", "desc")),
  },
  returns: paginationResultValidator(v.object(listItem)),
  handler: async ({ db }, { paginationOpts, ...query }) => {
    const result = await listProjects(db, query, paginationOpts);
    return { ...result, page: result.page.map(model.listItem) };
  },
});

const MAX_OVERDUE = 10;

/**
 * The projects that have been in their stage longest beyond its target, at most ten.
 * `before`: milliseconds, the moment to compare with. Needs projects.read.
 */
export const overdue = tenantQuery({
  permission: "projects.read",
  args: { before: v.number() },
  returns: v.array(v.object(listItem)),
  handler: async ({ db }, { before }) =>
    (await overdueProjects(db, before, MAX_OVERDUE)).map(model.listItem),
});

/**
 * One project. Takes any text for the id, since it comes from the address bar: a
 * malformed, an unknown and another company's id are answered alike. Needs
 * projects.read. Throws NOT_FOUND.
 */
export const get = tenantQuery({
  permission: "projects.read",
  args: { projectId: v.string() },
  returns: v.object({
    ...listItem,
    ...v.object(projectDetails).partial().fields,
    leadId: v.optional(v.id("leads")),
    contactId: v.optional(v.id("contacts")),
    crewIds: v.array(v.id("members")),
    ahjId: v.optional(v.id("authorities")),
    utilityId: v.optional(v.id("authorities")),
    createdByName: v.string(),
  }),
  handler: async ({ db }, { projectId }) => {
    return await model.detail(db, await db.getByTextX("projects", projectId));
  },
});

/** Creates a project, by default in the first stage. Needs projects.write. Throws INVALID, NOT_FOUND (stage). */
export const create = tenantMutation({
  permission: "projects.write",
  args: {
    name: v.string(),
    customerName: v.string(),
    ...v.object(projectDetails).partial().fields,
    stageId: v.optional(v.id("pipelineStages")),
  },
  returns: v.id("projects"),
  handler: async ({ db, member }, { stageId, ...fields }) =>
    await model.createProject(db, member, fields, stageId, Date.now()),
});

/**
 * Changes fields: what is absent stays, null clears an optional one. Needs
 * projects.write. Throws NOT_FOUND, INVALID.
 */
export const update = assistedMutation({
  permission: "projects.write",
  args: {
    projectId: v.id("projects"),
    name: v.optional(v.string()),
    customerName: v.optional(v.string()),
    ...clearable(projectDetails),
  },
  returns: v.null(),
  handler: async ({ db, actor, schedule }, { projectId, ...change }) => {
    await model.updateProject(db, actor, projectId, change, Date.now());
    if (change.name !== undefined) await followProject({ db, schedule }, projectId);
    return null;
  },
});

/**
 * Says who answers for a project and who works on site: what is absent stays, null leaves
 * it without an owner. Needs projects.write. Throws NOT_FOUND, CONFLICT (deactivated member).
 */
export const assign = assistedMutation({
  permission: "projects.write",
  args: {
    projectId: v.id("projects"),
    ownerId: v.optional(nullable(v.id("members"))),
    crewIds: v.optional(v.array(v.id("members"))),
  },
  returns: v.null(),
  handler: async (ctx, { projectId, ...people }) => {
    await assignPeople(ctx, projectId, people, Date.now());
    return null;
  },
});

/**
 * Says who decides on a project's permits (AHJ) and interconnection (utility): what is absent
 * stays, null is none. Needs projects.write. Throws NOT_FOUND, CONFLICT (out of the directory).
 */
export const setAuthorities = assistedMutation({
  permission: "projects.write",
  args: {
    projectId: v.id("projects"),
    ahjId: v.optional(nullable(v.id("authorities"))),
    utilityId: v.optional(nullable(v.id("authorities"))),
  },
  returns: v.null(),
  handler: async ({ db, actor }, { projectId, ...given }) => {
    await authorities.setAuthorities(db, actor, projectId, given, Date.now());
    return null;
  },
});

/**
 * What the project's stage asks for before the job may go on, and how each of it stands. Needs
 * projects.read. Throws NOT_FOUND.
 */
export const gate = tenantQuery({
  permission: "projects.read",
  args: { projectId: v.id("projects") },
  returns: v.object({
    stageId: v.id("pipelineStages"),
    stage: v.string(),
    requirements: v.array(
      v.object({
        requirement: stageRequirement,
        place: literals(...EVIDENCE_PLACES),
        met: v.boolean(),
        state: v.string(),
      }),
    ),
  }),
  handler: async ({ db }, { projectId }) => {
    const project = await db.getX("projects", projectId);
    const stage = await db.getX("pipelineStages", project.stageId);
    const requirements = await standingOf(db, project, stage);
    return { stageId: stage._id, stage: stage.name, requirements };
  },
});

/** Ticks a line of a stage's gate, or takes the tick away. Needs projects.write. Throws NOT_FOUND, CONFLICT (archived). */
export const setChecked = assistedMutation({
  permission: "projects.write",
  args: {
    projectId: v.id("projects"),
    stageId: v.id("pipelineStages"),
    item: v.string(),
    checked: v.boolean(),
  },
  returns: v.null(),
  handler: async ({ db, actor }, { checked, ...line }) => {
    await checks.setChecked(db, actor, line, checked, Date.now());
    return null;
  },
});

/**
 * Moves a project to a stage, when nothing is missing that the stages on the way ask for. Needs
 * projects.write. Throws NOT_FOUND, CONFLICT (archived), GATE_NOT_MET (with what is missing).
 */
export const moveToStage = assistedMutation({
  permission: "projects.write",
  args: { projectId: v.id("projects"), stageId: v.id("pipelineStages") },
  returns: v.null(),
  handler: async ({ db, actor }, { projectId, stageId }) => {
    await moves.moveToStage(db, actor, projectId, stageId, Date.now());
    return null;
  },
});

/**
 * Moves a project although something is missing, for a reason that is kept. Needs
 * projects.overrideGates. Throws NOT_FOUND, CONFLICT (archived), INVALID (no reason).
 */
export const movePastGate = assistedMutation({
  permission: "projects.overrideGates",
  args: { projectId: v.id("projects"), stageId: v.id("pipelineStages"), reason: v.string() },
  returns: v.null(),
  handler: async ({ db, actor }, { projectId, stageId, reason }) => {
    await moves.movePastGate(db, actor, projectId, stageId, { reason }, Date.now());
    return null;
  },
});

/** Takes a project out of the lists; `restore` undoes it. Needs projects.write. Throws NOT_FOUND. */
export const archive = assistedMutation({
  permission: "projects.write",
  args: { projectId: v.id("projects") },
  returns: v.null(),
  handler: async ({ db, actor, schedule }, { projectId }) => {
    await model.setArchived(db, actor, projectId, true, Date.now());
    await followProject({ db, schedule }, projectId);
    return null;
  },
});

/** Brings an archived project back into the lists. Needs projects.write. Throws NOT_FOUND. */
export const restore = assistedMutation({
  permission: "projects.write",
  args: { projectId: v.id("projects") },
  returns: v.null(),
  handler: async ({ db, actor, schedule }, { projectId }) => {
    await model.setArchived(db, actor, projectId, false, Date.now());
    await followProject({ db, schedule }, projectId);
    return null;
  },
});

/** Leaves a line in the audit trail about a list that was downloaded. Needs projects.read. Throws INVALID. */
export const recordExport = tenantMutation({
  permission: "projects.read",
  args: { count: v.number() },
  returns: v.null(),
  handler: async (ctx, { count }) => {
    await auditExport(ctx, "projects.exported", "projects", count);
    return null;
  },
});
