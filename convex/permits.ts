import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { permitsOf, waitingPermits } from "./model/permitList";
import * as model from "./model/permits";
import { permitKind, round, waitingOn } from "./tables/permits";
import { assistedMutation, tenantQuery } from "./tenancy/functions";

const form = {
  title: v.string(),
  authorityId: v.optional(v.id("authorities")),
  referenceNumber: v.optional(v.string()),
  /** US cents. */
  feeCents: v.optional(v.number()),
};

const permit = v.object({
  _id: v.id("permits"),
  projectId: v.id("projects"),
  projectName: v.string(),
  kind: permitKind,
  ...form,
  authorityName: v.optional(v.string()),
  openedOn: v.string(),
  rounds: v.array(round),
  waitingOn,
  waitingSince: v.string(),
  revision: v.number(),
});

/** A project's permits and interconnections, in the order in which they were taken up. Needs projects.read. */
export const ofProject = tenantQuery({
  permission: "projects.read",
  args: { projectId: v.id("projects") },
  returns: v.array(permit),
  handler: async ({ db }, { projectId }) => {
    await db.getX("projects", projectId);
    return (await permitsOf(db, projectId)).map(model.shownPermit);
  },
});

/**
 * What waits for the authorities or for the company itself, the longest waiting first; archived
 * projects' left out. A page may be shorter than asked for when several filters meet. Needs
 * projects.read.
 */
export const waiting = tenantQuery({
  permission: "projects.read",
  args: {
    paginationOpts: paginationOptsValidator,
    on: v.optional(literals("us", "authority")),
    kind: v.optional(permitKind),
    authorityId: v.optional(v.id("authorities")),
  },
  returns: paginationResultValidator(permit),
  handler: async ({ db }, { paginationOpts, ...query }) => {
    const result = await waitingPermits(db, query, paginationOpts);
    return { ...result, page: result.page.map(model.shownPermit) };
  },
});

/** Takes a permit or an interconnection up. Needs projects.write. Throws NOT_FOUND, INVALID, CONFLICT. */
export const add = assistedMutation({
  permission: "projects.write",
  args: { projectId: v.id("projects"), kind: permitKind, ...form },
  returns: v.id("permits"),
  handler: async ({ db, actor }, { projectId, kind, ...fields }) =>
    await model.addPermit(db, actor, projectId, kind, fields, Date.now()),
});

/** In the following, `revision` is that of the permit as its reader saw it. */
const seen = { permitId: v.id("permits"), revision: v.number() };

/** Changes what is noted; a field that is absent is cleared. Needs projects.write. Throws NOT_FOUND, STALE, INVALID, CONFLICT. */
export const change = assistedMutation({
  permission: "projects.write",
  args: { ...seen, ...form },
  returns: v.null(),
  handler: async ({ db, actor }, { permitId, revision, ...fields }) => {
    await model.changePermit(db, actor, permitId, revision, fields);
    return null;
  },
});

/**
 * Records a submission, an approval or a rejection, on a day up to today. Needs projects.write.
 * Throws NOT_FOUND, STALE, INVALID, CONFLICT (out of turn).
 */
export const record = assistedMutation({
  permission: "projects.write",
  args: {
    ...seen,
    step: v.union(
      v.object({ kind: v.literal("submitted"), on: v.string() }),
      v.object({ kind: v.literal("approved"), on: v.string() }),
      v.object({ kind: v.literal("rejected"), on: v.string(), reason: v.string() }),
    ),
  },
  returns: v.null(),
  handler: async ({ db, actor }, { permitId, revision, step }) => {
    await model.recordStep(db, actor, permitId, revision, step, Date.now());
    return null;
  },
});

/** Takes the last step back. Needs projects.write. Throws NOT_FOUND, STALE, CONFLICT. */
export const undo = assistedMutation({
  permission: "projects.write",
  args: seen,
  returns: v.null(),
  handler: async ({ db, actor }, { permitId, revision }) => {
    await model.undoLastStep(db, actor, permitId, revision);
    return null;
  },
});

/** Removes a permit. Needs projects.write. Throws NOT_FOUND, STALE, CONFLICT. */
export const remove = assistedMutation({
  permission: "projects.write",
  args: seen,
  returns: v.null(),
  handler: async ({ db, actor }, { permitId, revision }) => {
    await model.removePermit(db, actor, permitId, revision);
    return null;
  },
});
