import { pick } from "convex-helpers";
import { sunupError } from "../../lib/errors";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { AssistedCtx, TenantWriteCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { changesBetween, recordAudit } from "./audit";
import { FIRST_PLACE, type LinksPlace, moveLinks } from "./contactLinks";
import { activeContactX, changeContact } from "./contacts";

/** What a merge may take over from the record that goes. */
export const MERGED_FIELDS = [
  "name",
  "email",
  "phone",
  "address",
  "notes",
  "organizationId",
] as const;
export type MergedField = (typeof MERGED_FIELDS)[number];

export type Merge = {
  keepId: Id<"contacts">;
  mergeId: Id<"contacts">;
  /** Fields whose values are taken from the record that goes. */
  take: MergedField[];
  /** `updatedAt` of both, as the chooser saw them. */
  seen: { keep: number; merge: number };
};

/**
 * Makes one contact part of another: what points to it follows, many rows in the background.
 * The record that goes stays readable, so that old addresses lead on. Throws NOT_FOUND,
 * INVALID (the same one twice), STALE (one of them changed since it was seen), CONFLICT (not
 * in the lists, or another merge into it is still running).
 */
export async function mergeContacts(
  ctx: AssistedCtx,
  { keepId, mergeId, take, seen }: Merge,
  now: number,
): Promise<void> {
  const { db, actor } = ctx;
  const keep = await activeContactX(db, keepId);
  const gone = await activeContactX(db, mergeId);
  if (keep._id === gone._id) {
    throw sunupError("INVALID", { message: "Choose two different contacts." });
  }
  if (keep.updatedAt !== seen.keep || gone.updatedAt !== seen.merge) throw sunupError("STALE");
  if ((await mergedInto(db, gone._id)).some(({ merge }) => merge?.done === false)) {
    throw sunupError("CONFLICT", {
      message: `Another contact is still being merged into ${gone.name}. Wait until that is done.`,
    });
  }
  const taken = pick(gone, [...new Set(take)]);
  await recordAudit(ctx, {
    action: "contacts.merged",
    actor,
    subject: keep.name,
    changes: [
      { field: "merged contact", before: describe(gone), after: describe({ ...keep, ...taken }) },
      ...(await readableChanges(db, keep, { ...keep, ...taken })),
    ],
  });
  await changeContact(ctx, gone, {
    state: "merged",
    mergedInto: keep._id,
    merge: { moved: 0, done: false, by: actor },
    updatedAt: now,
  });
  await changeContact(ctx, keep, { ...taken, updatedAt: now });
  await continueMerge(ctx, gone._id, FIRST_PLACE);
}

/**
 * Moves the next rows of a merge. Schedules its own next step in the same transaction, so a
 * stop in between loses nothing; a step that runs twice finds nothing left to move.
 */
export async function continueMerge(
  ctx: TenantWriteCtx,
  contactId: Id<"contacts">,
  place: LinksPlace,
): Promise<void> {
  const from = await ctx.db.get("contacts", contactId);
  if (from?.merge === undefined || from.merge.done || from.mergedInto === undefined) return;
  const to = await ctx.db.getX("contacts", from.mergedInto);
  const { moved, next } = await moveLinks(ctx, { from, to, by: from.merge.by }, place);
  const merge = { ...from.merge, moved: from.merge.moved + moved, done: next === null };
  await ctx.db.patch("contacts", contactId, { merge });
  if (next === null) return;
  await ctx.schedule.after(0, internal.contactLinks.continueMerge, { contactId, place: next });
}

/** So many merges of one contact are shown. */
const MAX_SHOWN = 20;

/** What became part of a contact, oldest first. */
export async function mergedInto(
  db: ScopedReader,
  contactId: Id<"contacts">,
): Promise<Doc<"contacts">[]> {
  return await db
    .query("contacts")
    .withIndex("by_tenant_mergedInto", (q) => q.eq("mergedInto", contactId))
    .take(MAX_SHOWN);
}

/** A contact in one line of the audit trail. */
function describe({ name, email, phone }: Pick<Doc<"contacts">, "name" | "email" | "phone">) {
  return [name, email, phone].filter((each) => each !== "").join(", ");
}

async function readableChanges(db: ScopedReader, before: Doc<"contacts">, after: Doc<"contacts">) {
  const readable = async ({ organizationId, ...contact }: Doc<"contacts">) => ({
    ...pick(contact, ["name", "email", "phone", "address", "notes"]),
    organization: organizationId && (await db.get("organizations", organizationId))?.name,
  });
  return changesBetween(await readable(before), await readable(after));
}
