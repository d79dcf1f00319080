import { sunupError } from "../../lib/errors";
import { noteProblem, noteText, type NotePart } from "../../lib/notes";
import type { Doc, Id } from "../_generated/dataModel";
import type { MemberCtx } from "../tenancy/functions";
import type { Caller } from "../tenancy/member";
import { requirePermission } from "../tenancy/member";
import type { ScopedReader } from "../tenancy/scopedDb";
import { activeMemberX } from "./activeMembers";
import { recordActivity } from "./activity";
import { actorOf } from "./audit";
import { notify } from "./notify";

type Ctx = Pick<MemberCtx, "db" | "schedule"> & Caller;
type Note = Doc<"notes">;

/** A note's parts as a browser sends them: it says who is meant, the server how they are called. */
export type SentPart = { text: string } | { memberId: Id<"members"> };

/** Writes a note; whom it mentions is told. Throws NOT_FOUND, INVALID, CONFLICT (mentions somebody without access). */
export async function addNote(
  ctx: Ctx,
  projectId: Id<"projects">,
  sent: SentPart[],
): Promise<Id<"notes">> {
  const { db, member } = ctx;
  const project = await db.getX("projects", projectId);
  const parts = await checkedParts(db, sent, []);
  const noteId = await db.insert("notes", {
    projectId,
    authorId: member._id,
    authorName: member.name,
    parts,
  });
  await recordActivity(db, { project, kind: "noteAdded", actor: actorOf(member) });
  await tell(ctx, noteId, project, parts, []);
  return noteId;
}

/**
 * Changes a note of one's own; whoever is newly mentioned is told. Throws NOT_FOUND,
 * FORBIDDEN (another's), INVALID, CONFLICT (mentions somebody without access).
 */
export async function editNote(
  ctx: Ctx,
  noteId: Id<"notes">,
  sent: SentPart[],
  now: number,
): Promise<void> {
  const { db, member } = ctx;
  const note = await db.getX("notes", noteId);
  if (note.authorId !== member._id) throw sunupError("FORBIDDEN");
  const before = mentionedIn(note.parts);
  const parts = await checkedParts(db, sent, before);
  if (JSON.stringify(parts) === JSON.stringify(note.parts)) return;
  await db.patch("notes", noteId, { parts, editedAt: now });
  const project = await db.getX("projects", note.projectId);
  await tell(ctx, noteId, project, parts, before);
}

/** Deletes a note: one's own, or, with settings.manage, anyone's. Throws NOT_FOUND, FORBIDDEN. */
export async function removeNote(ctx: Ctx, noteId: Id<"notes">): Promise<void> {
  const { db, member } = ctx;
  const note = await db.getX("notes", noteId);
  if (note.authorId !== member._id) requirePermission(ctx, "settings.manage");
  await db.delete("notes", noteId);
  const project = await db.getX("projects", note.projectId);
  await recordActivity(db, { project, kind: "noteRemoved", actor: actorOf(member) });
}

/** The parts with the names of those mentioned; who was mentioned before may have lost access since. */
async function checkedParts(
  db: ScopedReader,
  sent: SentPart[],
  before: readonly Id<"members">[],
): Promise<Note["parts"]> {
  // First without names, so that nobody is looked up for a note that is refused anyway.
  requireNote(sent.map((part) => ("text" in part ? part : { ...part, name: "" })));
  const parts: NotePart<Id<"members">>[] = [];
  for (const part of sent) {
    if ("text" in part) {
      if (part.text !== "") parts.push(part);
      continue;
    }
    const { memberId } = part;
    const wasNamed = before.includes(memberId);
    const { name } = await (wasNamed ? db.getX("members", memberId) : activeMemberX(db, memberId));
    parts.push({ memberId, name });
  }
  requireNote(parts);
  return parts;
}

function requireNote(parts: readonly NotePart[]): void {
  const problem = noteProblem(parts);
  if (problem !== null) throw sunupError("INVALID", { message: problem, field: "parts" });
}

function mentionedIn(parts: Note["parts"]): Id<"members">[] {
  return parts.flatMap((part) => ("memberId" in part ? [part.memberId] : []));
}

async function tell(
  ctx: Ctx,
  noteId: Id<"notes">,
  project: Doc<"projects">,
  parts: Note["parts"],
  before: readonly Id<"members">[],
): Promise<void> {
  const newly = mentionedIn(parts).filter((id) => !before.includes(id));
  await notify(ctx, actorOf(ctx.member), newly, {
    kind: "mention",
    key: noteId,
    about: project.name,
    excerpt: noteText(parts),
    subject: { projectId: project._id },
  });
}
