import { sunupError } from "../../lib/errors";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { AssistedCtx, TenantWriteCtx } from "../tenancy/functions";
import { recordActivity } from "./activity";
import type { AuditActor } from "./audit";
import { activeContactX } from "./contacts";
import { changeProject } from "./projects";

/** Rows that one transaction moves: far below every limit of Convex. */
const BATCH = 100;

/** Where a round through what points to a contact goes on. */
export type LinksPlace = { step: number; cursor: string | null };
export const FIRST_PLACE: LinksPlace = { step: 0, cursor: null };

/** From which contact to which; the same twice when only its organization is to be followed. */
type Move = { from: Doc<"contacts">; to: Doc<"contacts">; by: AuditActor | null };

type Moved = { moved: number; isDone: boolean; continueCursor: string };
type Step = (ctx: TenantWriteCtx, move: Move, cursor: string | null) => Promise<Moved>;

/**
 * Everything that points to a contact, table by table. Projects and leads carry their contact's
 * organization too, so that an organization's page is one index range.
 * tests/domain/contactMerge.test.ts finds a reference that is missing here by the schema.
 */
const STEPS: Step[] = [moveProjects, moveLeads, moveMergedContacts];

/** Moves the next rows. Answers where to go on, or null when everything has moved. */
export async function moveLinks(
  ctx: TenantWriteCtx,
  move: Move,
  { step, cursor }: LinksPlace,
): Promise<{ moved: number; next: LinksPlace | null }> {
  const run = STEPS[step];
  if (run === undefined) return { moved: 0, next: null };
  const { moved, isDone, continueCursor } = await run(ctx, move, cursor);
  const next = isDone ? { step: step + 1, cursor: null } : { step, cursor: continueCursor };
  return { moved, next: next.step < STEPS.length ? next : null };
}

/**
 * Lets what is linked to a contact follow its organization, batch by batch. Each batch reads
 * the contact as it then is, so two rounds at a time come to the same end.
 */
export async function followContact(
  ctx: TenantWriteCtx,
  contactId: Id<"contacts">,
  place: LinksPlace,
): Promise<void> {
  const contact = await ctx.db.get("contacts", contactId);
  if (contact === null) return;
  const { next } = await moveLinks(ctx, { from: contact, to: contact, by: null }, place);
  if (next === null) return;
  await ctx.schedule.after(0, internal.contactLinks.follow, { contactId, place: next });
}

/** Says who a project is for; null takes the link away. Throws NOT_FOUND, CONFLICT (archived). */
export async function linkProject(
  { db, actor }: Pick<AssistedCtx, "db" | "actor">,
  projectId: Id<"projects">,
  contactId: Id<"contacts"> | null,
  now: number,
): Promise<void> {
  const project = await db.getX("projects", projectId);
  const contact = contactId && (await activeContactX(db, contactId));
  if (project.archived) {
    throw sunupError("CONFLICT", { message: "This project is archived. Restore it first." });
  }
  if (project.contactId === contact?._id) return;
  const before = project.contactId && (await db.get("contacts", project.contactId));
  await changeProject(db, project, { ...linksTo(contact ?? undefined), updatedAt: now });
  await recordActivity(db, {
    project,
    kind: "changed",
    actor,
    changes: [{ field: "contact", before: before?.name ?? "", after: contact?.name ?? "" }],
  });
}

/** What a row that belongs to a contact carries of it. */
export function linksTo(contact: Pick<Doc<"contacts">, "_id" | "organizationId"> | undefined) {
  return { contactId: contact?._id, organizationId: contact?.organizationId };
}

async function moveProjects(
  { db }: TenantWriteCtx,
  { from, to, by }: Move,
  cursor: string | null,
): Promise<Moved> {
  const { page, ...rest } = await db
    .query("projects")
    .withIndex("by_tenant_contact", (q) => q.eq("contactId", from._id))
    .paginate({ numItems: BATCH, cursor });
  for (const project of page) {
    await changeProject(db, project, linksTo(to));
    if (by === null) continue;
    const changes = [{ field: "contact", before: from.name, after: to.name }];
    await recordActivity(db, { project, kind: "changed", actor: by, changes });
  }
  return { moved: page.length, ...rest };
}

async function moveLeads(
  { db }: TenantWriteCtx,
  { from, to }: Move,
  cursor: string | null,
): Promise<Moved> {
  const { page, ...rest } = await db
    .query("leads")
    .withIndex("by_tenant_contact", (q) => q.eq("contactId", from._id))
    .paginate({ numItems: BATCH, cursor });
  for (const lead of page) await db.patch("leads", lead._id, linksTo(to));
  return { moved: page.length, ...rest };
}

/** What became part of the contact before becomes part of the other one with it. */
async function moveMergedContacts(
  { db }: TenantWriteCtx,
  { from, to }: Move,
  cursor: string | null,
): Promise<Moved> {
  const { page, ...rest } = await db
    .query("contacts")
    .withIndex("by_tenant_mergedInto", (q) => q.eq("mergedInto", from._id))
    .paginate({ numItems: BATCH, cursor });
  for (const contact of page) await db.patch("contacts", contact._id, { mergedInto: to._id });
  return { moved: page.length, ...rest };
}
