import { pick } from "convex-helpers";
import {
  AUTHORITY_KIND_NAMES,
  authorityForm,
  type AuthorityForm,
  type AuthorityKind,
  medianDays,
} from "../../lib/authorities";
import { sunupError } from "../../lib/errors";
import type { Doc, Id } from "../_generated/dataModel";
import type { AssistedCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { memberIdOf } from "./audit";
import { withoutEmpty } from "./emptyFields";
import { parseOrInvalid } from "./invalid";
import { renameAuthority } from "./permitCopies";

type Authority = Doc<"authorities">;

/** An authority as the directory and the pickers show it. */
export function shownAuthority(authority: Authority) {
  return {
    ...pick(authority, ["_id", "kind", "name", "state", "portalUrl", "phone", "notes"]),
    ...pick(authority, ["archived", "revision"]),
    medianDays: medianDays(authority.reviewDays),
    reviews: authority.reviewDays.length,
  };
}

/** Adds an authority. Throws INVALID. */
export async function addAuthority(
  { db, actor }: AssistedCtx,
  form: AuthorityForm,
): Promise<Id<"authorities">> {
  const fields = withoutEmpty(parseOrInvalid(authorityForm, form));
  const sortName = fields.name.toLowerCase();
  await requireFreeName(db, fields.kind, sortName);
  return await db.insert("authorities", {
    ...fields,
    sortName,
    reviewDays: [],
    archived: false,
    revision: 0,
    changedBy: memberIdOf(actor),
  });
}

/**
 * Changes what is noted of an authority; permits that name it follow. Its kind stays. Throws
 * NOT_FOUND, STALE (changed since `revision`), INVALID.
 */
export async function updateAuthority(
  { db, actor, schedule }: AssistedCtx,
  authorityId: Id<"authorities">,
  revision: number,
  form: Omit<AuthorityForm, "kind">,
): Promise<void> {
  const authority = await db.getX("authorities", authorityId);
  if (authority.revision !== revision) throw sunupError("STALE");
  const { kind } = authority;
  const fields = withoutEmpty(parseOrInvalid(authorityForm, { ...form, kind }));
  const sortName = fields.name.toLowerCase();
  if (sortName !== authority.sortName) await requireFreeName(db, kind, sortName);
  await db.patch("authorities", authorityId, {
    ...NOTHING,
    ...fields,
    sortName,
    revision: revision + 1,
    changedBy: memberIdOf(actor),
  });
  if (fields.name !== authority.name) await renameAuthority({ db, schedule }, authorityId);
}

/** Takes an authority out of the directory, or brings it back. Throws NOT_FOUND, INVALID (its name is taken). */
export async function setAuthorityArchived(
  { db, actor }: AssistedCtx,
  authorityId: Id<"authorities">,
  archived: boolean,
): Promise<void> {
  const authority = await db.getX("authorities", authorityId);
  if (authority.archived === archived) return;
  if (!archived) await requireFreeName(db, authority.kind, authority.sortName);
  const revision = authority.revision + 1;
  await db.patch("authorities", authorityId, { archived, revision, changedBy: memberIdOf(actor) });
}

/** An authority of this kind that may be chosen. Throws NOT_FOUND, CONFLICT (archived, or of the other kind). */
export async function openAuthorityX(
  db: ScopedReader,
  authorityId: Id<"authorities">,
  kind: AuthorityKind,
): Promise<Authority> {
  const authority = await db.getX("authorities", authorityId);
  if (authority.archived) {
    throw sunupError("CONFLICT", { message: `${authority.name} was taken out of the directory.` });
  }
  if (authority.kind !== kind) {
    throw sunupError("CONFLICT", {
      message: `${authority.name} is not the kind of authority that decides on this.`,
    });
  }
  return authority;
}

/** Fields that a form without them clears. */
const NOTHING = {
  state: undefined,
  portalUrl: undefined,
  phone: undefined,
  notes: undefined,
} as const;

async function requireFreeName(db: ScopedReader, kind: AuthorityKind, sortName: string) {
  const another = await db
    .query("authorities")
    .withIndex("by_tenant_kind_archived_name", (q) =>
      q.eq("kind", kind).eq("archived", false).eq("sortName", sortName),
    )
    .first();
  if (another === null) return;
  const what = AUTHORITY_KIND_NAMES[kind];
  throw sunupError("INVALID", {
    message: `There is already ${kind === "ahj" ? "an" : "a"} ${what} of this name.`,
    field: "name",
  });
}
