import { omit } from "convex-helpers";
import { withoutReview, withReview, medianDays } from "../../lib/authorities";
import { addDays, dayIn } from "../../lib/calendarDay";
import { sunupError } from "../../lib/errors";
import {
  DECIDED_BY,
  MAX_PERMITS,
  permitForm,
  type PermitForm,
  type PermitKind,
  permitStep,
  type PermitStep,
  reviewDaysOf,
  type Round,
  takeStep,
  undoStep,
  waitingOf,
} from "../../lib/permits";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";
import { recordActivity } from "./activity";
import { type AuditActor, changesBetween } from "./audit";
import { openAuthorityX } from "./authorities";
import { timeZoneOf } from "./company";
import { withoutEmpty } from "./emptyFields";
import { parseOrInvalid } from "./invalid";
import { permitsOf } from "./permitList";

type Permit = Doc<"permits">;
type Authority = Doc<"authorities">;

/** What a permit's form carries beside its texts. */
export type PermitChange = PermitForm & { authorityId?: Id<"authorities"> };

/** A permit as lists and the project's page show it. */
export function shownPermit(permit: Permit) {
  return omit(permit, ["tenantId", "_creationTime", "waiting"]);
}

/** Takes a permit up, not yet submitted. Throws NOT_FOUND, INVALID, CONFLICT (archived; too many). */
export async function addPermit(
  db: ScopedWriter,
  actor: AuditActor,
  projectId: Id<"projects">,
  kind: PermitKind,
  { authorityId, ...form }: PermitChange,
  now: number,
): Promise<Id<"permits">> {
  const project = await openProjectX(db, projectId);
  const fields = withoutEmpty(parseOrInvalid(permitForm, form));
  if ((await permitsOf(db, projectId)).length >= MAX_PERMITS) {
    throw sunupError("CONFLICT", {
      message: `A project can have at most ${MAX_PERMITS} permits and interconnections.`,
    });
  }
  const authority = authorityId && (await openAuthorityX(db, authorityId, DECIDED_BY[kind]));
  const openedOn = dayIn(await timeZoneOf(db), now);
  const permitId = await db.insert("permits", {
    ...fields,
    projectId,
    projectName: project.name,
    kind,
    authorityId,
    authorityName: authority?.name,
    openedOn,
    rounds: [],
    ...waitingOf(openedOn, []),
    waiting: true,
    revision: 0,
  });
  await recordActivity(db, { project, kind: "permitAdded", actor, subject: fields.title });
  return permitId;
}

/**
 * Changes what is noted of a permit; a field that is absent is cleared. Throws NOT_FOUND, STALE
 * (changed since `revision`), INVALID, CONFLICT (project or authority archived).
 */
export async function changePermit(
  db: ScopedWriter,
  actor: AuditActor,
  permitId: Id<"permits">,
  revision: number,
  { authorityId, ...form }: PermitChange,
): Promise<void> {
  const { permit, project } = await openPermitX(db, permitId, revision);
  const fields = withoutEmpty(parseOrInvalid(permitForm, form));
  const sameAuthority = authorityId === permit.authorityId;
  const authority = sameAuthority
    ? { name: permit.authorityName }
    : authorityId && (await openAuthorityX(db, authorityId, DECIDED_BY[permit.kind]));
  const after = {
    referenceNumber: undefined,
    feeCents: undefined,
    ...fields,
    authorityId,
    authorityName: authority?.name,
  };
  const changes = changesBetween(readable(permit), readable(after));
  if (changes.length === 0) return;
  if (!sameAuthority) {
    await forgetReview(db, permit.authorityId, permit.rounds);
    await learnReview(db, authorityId, permit.rounds);
  }
  await db.patch("permits", permitId, { ...after, revision: revision + 1 });
  await recordActivity(db, {
    ...{ project, kind: "permitChanged", actor },
    subject: permit.title,
    changes,
  });
}

const STEP_ACTIVITY = {
  submitted: "permitSubmitted",
  rejected: "permitRejected",
  approved: "permitApproved",
} as const;

/**
 * Records what happened to a permit, on a day of the past or today. An approval teaches how long
 * the authority takes. Throws NOT_FOUND, STALE, INVALID, CONFLICT (out of turn; archived project).
 */
export async function recordStep(
  db: ScopedWriter,
  actor: AuditActor,
  permitId: Id<"permits">,
  revision: number,
  given: PermitStep,
  now: number,
): Promise<void> {
  const { permit, project } = await openPermitX(db, permitId, revision);
  const step = parseOrInvalid(permitStep, given);
  if (step.on > latestDay(now)) {
    throw sunupError("INVALID", { message: "That day is still to come.", field: "on" });
  }
  const taken = takeStep(permit.rounds, step);
  if (!taken.ok) {
    throw taken.field === undefined
      ? sunupError("CONFLICT", { message: taken.why })
      : sunupError("INVALID", { message: taken.why, field: taken.field });
  }
  const authority = permit.authorityId && (await db.get("authorities", permit.authorityId));
  const rounds = step.kind === "submitted" ? expecting(taken.rounds, authority) : taken.rounds;
  if (step.kind === "approved") await learnReview(db, permit.authorityId, rounds);
  await setRounds(db, permit, project, rounds);
  await recordActivity(db, {
    project,
    kind: STEP_ACTIVITY[step.kind],
    actor,
    subject: nameWithAuthority(permit),
    changes: [{ field: "day", before: "", after: step.on }],
    reason: step.kind === "rejected" ? step.reason : undefined,
  });
}

/** Takes the last step back. Throws NOT_FOUND, STALE, CONFLICT (nothing to take back; archived project). */
export async function undoLastStep(
  db: ScopedWriter,
  actor: AuditActor,
  permitId: Id<"permits">,
  revision: number,
): Promise<void> {
  const { permit, project } = await openPermitX(db, permitId, revision);
  const last = permit.rounds.at(-1);
  if (last === undefined) {
    throw sunupError("CONFLICT", { message: "It has not been submitted yet." });
  }
  await forgetReview(db, permit.authorityId, permit.rounds);
  await setRounds(db, permit, project, undoStep(permit.rounds));
  const step = last.outcome?.kind ?? "submitted";
  await recordActivity(db, {
    project,
    kind: "permitStepUndone",
    actor,
    subject: nameWithAuthority(permit),
    changes: [{ field: step, before: last.outcome?.on ?? last.submittedOn, after: "" }],
  });
}

/** Removes a permit; the timeline keeps what happened to it. Throws NOT_FOUND, STALE, CONFLICT (archived project). */
export async function removePermit(
  db: ScopedWriter,
  actor: AuditActor,
  permitId: Id<"permits">,
  revision: number,
): Promise<void> {
  const { permit, project } = await openPermitX(db, permitId, revision);
  await db.delete("permits", permitId);
  const subject = nameWithAuthority(permit);
  await recordActivity(db, { project, kind: "permitRemoved", actor, subject });
}

async function openPermitX(db: ScopedReader, permitId: Id<"permits">, revision: number) {
  const permit = await db.getX("permits", permitId);
  const project = await openProjectX(db, permit.projectId);
  if (permit.revision !== revision) throw sunupError("STALE");
  return { permit, project };
}

async function openProjectX(db: ScopedReader, projectId: Id<"projects">) {
  const project = await db.getX("projects", projectId);
  if (!project.archived) return project;
  throw sunupError("CONFLICT", { message: "This project is archived. Restore it first." });
}

async function setRounds(
  db: ScopedWriter,
  permit: Permit,
  project: Doc<"projects">,
  rounds: Round[],
): Promise<void> {
  const waits = waitingOf(permit.openedOn, rounds);
  await db.patch("permits", permit._id, {
    rounds,
    ...waits,
    waiting: waits.waitingOn !== "nobody" && !project.archived,
    revision: permit.revision + 1,
  });
}

/** The last round with the day on which its answer may be expected, where the authority has taught that. */
function expecting(rounds: Round[], authority: Authority | null | undefined): Round[] {
  const last = rounds.at(-1);
  const days = medianDays(authority?.reviewDays ?? []);
  if (last === undefined || days === undefined) return rounds;
  return [...rounds.slice(0, -1), { ...last, expectedOn: addDays(last.submittedOn, days) }];
}

async function learnReview(
  db: ScopedWriter,
  authorityId: Id<"authorities"> | undefined,
  rounds: readonly Round[],
): Promise<void> {
  const days = reviewDaysOf(rounds);
  const authority = authorityId && (await db.get("authorities", authorityId));
  if (days === undefined || !authority) return;
  const reviewDays = withReview(authority.reviewDays, days);
  await db.patch("authorities", authority._id, { reviewDays });
}

async function forgetReview(
  db: ScopedWriter,
  authorityId: Id<"authorities"> | undefined,
  rounds: readonly Round[],
): Promise<void> {
  const days = reviewDaysOf(rounds);
  const authority = authorityId && (await db.get("authorities", authorityId));
  if (days === undefined || !authority) return;
  const reviewDays = withoutReview(authority.reviewDays, days);
  await db.patch("authorities", authority._id, { reviewDays });
}

/** The latest day that it is anywhere: in the first time zone the day begins 14 hours early. */
function latestDay(now: number): string {
  return dayIn("UTC", now + 14 * 60 * 60 * 1000);
}

function nameWithAuthority({ title, authorityName }: Permit): string {
  return authorityName === undefined ? title : `${title} (${authorityName})`;
}

function readable({
  title,
  referenceNumber,
  feeCents,
  authorityName,
}: Pick<Permit, "title" | "referenceNumber" | "feeCents" | "authorityName">) {
  return { title, authority: authorityName, referenceNumber, feeCents };
}
