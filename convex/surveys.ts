import { v } from "convex/values";
import { nullable } from "convex-helpers/validators";
import { omit } from "convex-helpers";
import * as model from "./model/surveys";
import { announcedFile, claim, startedUpload } from "./tables/files";
import { surveyAnswer, surveyAnswers, surveyStatus } from "./tables/surveys";
import { tenantMutation, tenantQuery } from "./tenancy/functions";

/** So many surveys one answer of the calendar holds. */
const MAX_SHOWN = 300;

/** So many surveys of one project its page shows. */
const MAX_OF_PROJECT = 5;

const plan = { startsAt: v.number(), assigneeId: v.id("members"), note: v.string() };

const reader = { permission: "projects.read", feature: "siteSurvey" } as const;
const writer = { permission: "projects.write", feature: "siteSurvey" } as const;

/**
 * Surveys between two moments (milliseconds, the second not included) in order of time, of one
 * person or of all; at most 300, and whether there are more. Cancelled ones are left out. Needs
 * projects.read and the feature siteSurvey.
 */
export const between = tenantQuery({
  ...reader,
  args: { from: v.number(), before: v.number(), assigneeId: v.optional(v.id("members")) },
  returns: v.object({
    surveys: v.array(
      v.object({
        _id: v.id("surveys"),
        projectId: v.id("projects"),
        status: surveyStatus,
        startsAt: v.number(),
        assigneeId: v.id("members"),
        projectName: v.string(),
        customerName: v.string(),
        siteAddress: v.optional(v.string()),
      }),
    ),
    more: v.boolean(),
  }),
  handler: async ({ db }, { from, before, assigneeId }) => {
    const all = db.query("surveys");
    const found = await (
      assigneeId === undefined
        ? all.withIndex("by_tenant_starts", (q) => q.gte("startsAt", from).lt("startsAt", before))
        : all.withIndex("by_tenant_assignee_starts", (q) =>
            q.eq("assigneeId", assigneeId).gte("startsAt", from).lt("startsAt", before),
          )
    ).take(MAX_SHOWN + 1);
    const open = found.slice(0, MAX_SHOWN).filter(({ status }) => status !== "cancelled");
    return { surveys: await model.withProjects(db, open), more: found.length > MAX_SHOWN };
  },
});

/** A project's last surveys, newest first. Needs projects.read and the feature siteSurvey. Throws NOT_FOUND. */
export const ofProject = tenantQuery({
  ...reader,
  args: { projectId: v.id("projects") },
  returns: v.array(
    v.object({
      _id: v.id("surveys"),
      status: surveyStatus,
      ...plan,
      answers: surveyAnswers,
      completedAt: v.optional(v.number()),
      completedByName: v.optional(v.string()),
    }),
  ),
  handler: async ({ db }, { projectId }) => {
    const surveys = await db
      .query("surveys")
      .withIndex("by_tenant_project", (q) => q.eq("projectId", projectId))
      .order("desc")
      .take(MAX_OF_PROJECT);
    return surveys.map((survey) => omit(survey, ["tenantId", "projectId", "_creationTime"]));
  },
});

/**
 * One survey with its photos. Takes any text for the id, since it comes from the address bar. Needs
 * projects.read and the feature siteSurvey. Throws NOT_FOUND.
 */
export const get = tenantQuery({
  ...reader,
  args: { surveyId: v.string() },
  returns: v.object({
    _id: v.id("surveys"),
    projectId: v.id("projects"),
    projectName: v.string(),
    customerName: v.string(),
    customerPhone: v.optional(v.string()),
    siteAddress: v.optional(v.string()),
    status: surveyStatus,
    ...plan,
    answers: surveyAnswers,
    completedAt: v.optional(v.number()),
    completedByName: v.optional(v.string()),
    photos: v.array(
      v.object({
        _id: v.id("documents"),
        fileId: v.id("files"),
        name: v.string(),
        slot: v.string(),
        key: v.string(),
      }),
    ),
  }),
  handler: async ({ db }, { surveyId }) => {
    const survey = await db.getByTextX("surveys", surveyId);
    const { name, customerName, customerPhone, siteAddress } = await db.getX(
      "projects",
      survey.projectId,
    );
    return {
      ...omit(survey, ["tenantId", "_creationTime"]),
      ...{ projectName: name, customerName, customerPhone, siteAddress },
      photos: await model.photosOf(db, survey._id),
    };
  },
});

/**
 * Plans a survey of a project. Needs projects.write and the feature siteSurvey. Throws NOT_FOUND,
 * INVALID, CONFLICT (the project is archived, the assignee has no access).
 */
export const schedule = tenantMutation({
  ...writer,
  args: { projectId: v.id("projects"), ...plan },
  returns: v.id("surveys"),
  handler: async (ctx, { projectId, ...fields }) =>
    await model.scheduleSurvey(ctx, projectId, fields, Date.now()),
});

/** Gives a planned survey another time, person or note. As `schedule`. */
export const replan = tenantMutation({
  ...writer,
  args: { surveyId: v.id("surveys"), ...plan },
  returns: v.null(),
  handler: async (ctx, { surveyId, ...fields }) => {
    await model.replanSurvey(ctx, surveyId, fields, Date.now());
    return null;
  },
});

/** Cancels a planned survey. Needs projects.write and the feature siteSurvey. Throws NOT_FOUND, CONFLICT. */
export const cancel = tenantMutation({
  ...writer,
  args: { surveyId: v.id("surveys") },
  returns: v.null(),
  handler: async (ctx, { surveyId }) => {
    await model.cancelSurvey(ctx, surveyId);
    return null;
  },
});

/**
 * Keeps answers; what is absent stays, null clears. May be repeated. Needs projects.write and the
 * feature siteSurvey. Throws NOT_FOUND, INVALID (field: the question), CONFLICT.
 */
export const saveAnswers = tenantMutation({
  ...writer,
  args: { surveyId: v.id("surveys"), answers: v.record(v.string(), nullable(surveyAnswer)) },
  returns: v.null(),
  handler: async ({ db }, { surveyId, answers }) => {
    await model.saveAnswers(db, surveyId, answers);
    return null;
  },
});

/** An address to send a photo to. Needs projects.write and the feature siteSurvey. Throws NOT_FOUND, INVALID, CONFLICT. */
export const startPhoto = tenantMutation({
  ...writer,
  args: { surveyId: v.id("surveys"), file: announcedFile },
  returns: startedUpload,
  handler: async ({ db, files }, { surveyId, file }) => {
    await db.getX("surveys", surveyId);
    return await files.startUpload("document", file);
  },
});

/**
 * Makes the sent picture a photo of the survey and a document of the project; the same `key` again
 * adds nothing. Needs projects.write and the feature siteSurvey. Throws NOT_FOUND, INVALID, CONFLICT.
 */
export const addPhoto = tenantMutation({
  ...writer,
  args: {
    surveyId: v.id("surveys"),
    slot: v.string(),
    key: v.string(),
    uploadId: v.id("fileUploads"),
    storageId: v.id("_storage"),
  },
  returns: claim,
  handler: async (ctx, photo) => await model.addPhoto(ctx, photo, Date.now()),
});

/**
 * Closes a survey that has everything; roof and main panel go into the project. Needs projects.write
 * and the feature siteSurvey. Throws NOT_FOUND, CONFLICT (says what is missing).
 */
export const complete = tenantMutation({
  ...writer,
  args: { surveyId: v.id("surveys") },
  returns: v.null(),
  handler: async (ctx, { surveyId }) => {
    await model.completeSurvey(ctx, surveyId, Date.now());
    return null;
  },
});
