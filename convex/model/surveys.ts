import { pick } from "convex-helpers";
import { DAY_MS } from "../../lib/days";
import { formatMoment } from "../../lib/format";
import { sunupError } from "../../lib/errors";
import { TEXT_LIMITS } from "../../lib/limits";
import {
  answerProblem,
  MAX_SURVEY_PHOTOS,
  missingOf,
  PHOTO_SLOTS,
  type SurveyAnswer,
} from "../../lib/surveyForm";
import type { Doc, Id } from "../_generated/dataModel";
import type { Claim } from "../tables/files";
import type { MemberCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { recordActivity } from "./activity";
import { actorOf, changesBetween } from "./audit";
import { timeZoneOf } from "./company";
import { addDocument } from "./documents";
import { activeMemberX } from "./activeMembers";
import { notify } from "./notify";
import { updateProject } from "./projects";

type WriteCtx = Pick<MemberCtx, "db" | "member">;
type PlanCtx = Pick<MemberCtx, "db" | "schedule" | "member" | "tenant">;

/** When, by whom, and what to know beforehand. `startsAt` in milliseconds. */
export type SurveyPlan = { startsAt: number; assigneeId: Id<"members">; note: string };

/** How far from now a survey may be planned, in milliseconds: further is a slip of the finger. */
const FAR_MS = 3 * 366 * DAY_MS;

/** Whether a survey of the project has been completed. For gates between stages. */
export async function surveyCompleted(
  db: ScopedReader,
  projectId: Id<"projects">,
): Promise<boolean> {
  const found = await db
    .query("surveys")
    .withIndex("by_tenant_project_status", (q) =>
      q.eq("projectId", projectId).eq("status", "completed"),
    )
    .first();
  return found !== null;
}

/** Surveys with what a calendar says of their projects: one read for each project on the page. */
export async function withProjects(db: ScopedReader, surveys: Doc<"surveys">[]) {
  const ids = [...new Set(surveys.map(({ projectId }) => projectId))];
  const projects = await Promise.all(ids.map((id) => db.getX("projects", id)));
  const byId = new Map(projects.map((project) => [project._id, project]));
  return surveys.map((survey) => {
    const project = byId.get(survey.projectId)!;
    return {
      ...pick(survey, ["_id", "projectId", "status", "startsAt", "assigneeId"]),
      projectName: project.name,
      ...pick(project, ["customerName", "siteAddress"]),
    };
  });
}

/** A survey's photos that are not deleted, oldest first. */
export async function photosOf(db: ScopedReader, surveyId: Id<"surveys">) {
  const documents = await db
    .query("documents")
    .withIndex("by_tenant_survey", (q) => q.eq("surveyId", surveyId).eq("deletedAt", undefined))
    .take(MAX_SURVEY_PHOTOS);
  return documents.map(({ _id, fileId, name, surveySlot = "", photoKey = "" }) => ({
    ...{ _id, fileId, name },
    ...{ slot: surveySlot, key: photoKey },
  }));
}

/** Plans a survey, and tells whoever does it. Throws NOT_FOUND, INVALID, CONFLICT (assignee without access, archived). */
export async function scheduleSurvey(
  ctx: PlanCtx,
  projectId: Id<"projects">,
  plan: SurveyPlan,
  now: number,
): Promise<Id<"surveys">> {
  const { db, member } = ctx;
  const project = await db.getX("projects", projectId);
  if (project.archived) {
    throw sunupError("CONFLICT", { message: "An archived project is not surveyed." });
  }
  checkPlan(plan, now);
  const assignee = await activeMemberX(db, plan.assigneeId);
  const survey = { ...plan, note: plan.note.trim() };
  const surveyId = await db.insert("surveys", {
    ...{ projectId, status: "scheduled", answers: {} },
    ...survey,
  });
  const changes = changesBetween({}, await readable(db, survey, assignee.name));
  await recordActivity(db, { project, kind: "surveyScheduled", actor: actorOf(member), changes });
  await tellSurveyor(ctx, surveyId, project.name, survey);
  return surveyId;
}

/** Moves a planned survey to another time or person, who is told, or changes its note. Throws NOT_FOUND, INVALID, CONFLICT. */
export async function replanSurvey(
  ctx: PlanCtx,
  surveyId: Id<"surveys">,
  plan: SurveyPlan,
  now: number,
): Promise<void> {
  const { db, member } = ctx;
  const survey = await plannedX(db, surveyId);
  if (plan.startsAt !== survey.startsAt) checkPlan(plan, now);
  else checkPlan({ ...plan, startsAt: now }, now);
  const before = await db.getX("members", survey.assigneeId);
  const after =
    plan.assigneeId === survey.assigneeId ? before : await activeMemberX(db, plan.assigneeId);
  const next = { ...plan, note: plan.note.trim() };
  const changes = changesBetween(
    await readable(db, survey, before.name),
    await readable(db, next, after.name),
  );
  if (changes.length === 0) return;
  await db.patch("surveys", surveyId, next);
  const project = await db.getX("projects", survey.projectId);
  await recordActivity(db, { project, kind: "surveyChanged", actor: actorOf(member), changes });
  if (next.assigneeId !== survey.assigneeId) {
    await tellSurveyor(ctx, surveyId, project.name, next);
  }
}

/** Cancels a planned survey; what was entered is kept. Twice changes nothing. Throws NOT_FOUND, CONFLICT (completed). */
export async function cancelSurvey(
  { db, member }: WriteCtx,
  surveyId: Id<"surveys">,
): Promise<void> {
  const survey = await db.getX("surveys", surveyId);
  if (survey.status === "cancelled") return;
  await plannedX(db, surveyId);
  await db.patch("surveys", surveyId, { status: "cancelled" });
  const project = await db.getX("projects", survey.projectId);
  await recordActivity(db, { project, kind: "surveyCancelled", actor: actorOf(member) });
}

/**
 * Keeps answers, question by question: what is absent stays, null clears. Sending the same again
 * changes nothing, so a form may repeat what it is not sure about. Throws NOT_FOUND, INVALID
 * (field: the question), CONFLICT (not planned any more).
 */
export async function saveAnswers(
  db: MemberCtx["db"],
  surveyId: Id<"surveys">,
  change: Record<string, SurveyAnswer | null>,
): Promise<void> {
  const { answers } = await plannedX(db, surveyId);
  const next = { ...answers };
  for (const [question, answer] of Object.entries(change)) {
    if (answer === null) {
      delete next[question];
      continue;
    }
    const problem = answerProblem(question, answer);
    if (problem !== null) throw sunupError("INVALID", { message: problem, field: question });
    next[question] = answer;
  }
  await db.patch("surveys", surveyId, { answers: next });
}

/**
 * Makes a sent picture a photo of the survey, and so a document of its project. `key` is the
 * sender's name for the photo: the same again is not added twice. Throws NOT_FOUND, INVALID,
 * CONFLICT; answers with a refusal of the file.
 */
export async function addPhoto(
  ctx: MemberCtx,
  {
    surveyId,
    slot,
    key,
    ...upload
  }: {
    surveyId: Id<"surveys">;
    slot: string;
    key: string;
    uploadId: Id<"fileUploads">;
    storageId: Id<"_storage">;
  },
  now: number,
): Promise<Claim> {
  const { projectId } = await plannedX(ctx.db, surveyId);
  if (!Object.hasOwn(PHOTO_SLOTS, slot) || key === "" || key.length > 60) {
    throw sunupError("INVALID", { field: "slot" });
  }
  const photos = await photosOf(ctx.db, surveyId);
  const known = photos.find((photo) => photo.key === key);
  if (known) return { fileId: known.fileId };
  if (photos.length >= MAX_SURVEY_PHOTOS) {
    throw sunupError("INVALID", {
      message: `A survey can have at most ${MAX_SURVEY_PHOTOS} photos.`,
      field: "slot",
    });
  }
  const ofSurvey = { surveyId, surveySlot: slot, photoKey: key };
  return await addDocument(ctx, { projectId, kind: "sitePhoto", ...upload, ofSurvey }, now);
}

/**
 * Closes a survey that has everything, and writes what it measured into the project. Twice changes
 * nothing. Throws NOT_FOUND, CONFLICT (cancelled, or something is missing: says what).
 */
export async function completeSurvey(
  { db, member }: WriteCtx,
  surveyId: Id<"surveys">,
  now: number,
): Promise<void> {
  const survey = await db.getX("surveys", surveyId);
  if (survey.status === "completed") return;
  const { answers, projectId } = await plannedX(db, surveyId);
  const slots = (await photosOf(db, surveyId)).map(({ slot }) => slot);
  const missing = missingOf(answers, slots);
  if (missing.length > 0) {
    throw sunupError("CONFLICT", {
      message: `The survey still needs: ${missing.join(", ")}.`,
      nextStep: "Fill these in, then complete it.",
    });
  }
  await db.patch("surveys", surveyId, {
    ...{ status: "completed", completedAt: now, completedByName: member.name },
  });
  const measured = pick(answers, ["roofType", "roofAgeYears", "mainPanelAmps"]);
  await updateProject(
    db,
    actorOf(member),
    projectId,
    measured as Parameters<typeof updateProject>[3],
    now,
  );
  const project = await db.getX("projects", projectId);
  await recordActivity(db, { project, kind: "surveyCompleted", actor: actorOf(member) });
}

async function plannedX(db: ScopedReader, surveyId: Id<"surveys">): Promise<Doc<"surveys">> {
  const survey = await db.getX("surveys", surveyId);
  if (survey.status === "scheduled") return survey;
  throw sunupError("CONFLICT", { message: `This survey was ${survey.status} in the meantime.` });
}

async function tellSurveyor(
  ctx: PlanCtx,
  surveyId: Id<"surveys">,
  projectName: string,
  { startsAt, assigneeId }: SurveyPlan,
): Promise<void> {
  await notify(ctx, actorOf(ctx.member), [assigneeId], {
    kind: "surveyAssigned",
    key: surveyId,
    about: projectName,
    excerpt: formatMoment(startsAt, await timeZoneOf(ctx.db)),
    subject: { surveyId },
  });
}

function checkPlan({ startsAt, note }: SurveyPlan, now: number): void {
  if (!Number.isFinite(startsAt) || Math.abs(startsAt - now) > FAR_MS) {
    throw sunupError("INVALID", { message: "Choose a day and a time.", field: "startsAt" });
  }
  if (note.length > TEXT_LIMITS.reason) {
    const message = `A note can have at most ${TEXT_LIMITS.reason} characters.`;
    throw sunupError("INVALID", { message, field: "note" });
  }
}

async function readable(
  db: ScopedReader,
  { startsAt, note }: Omit<SurveyPlan, "assigneeId">,
  assignee: string,
) {
  return { when: formatMoment(startsAt, await timeZoneOf(db)), assignee, note };
}
