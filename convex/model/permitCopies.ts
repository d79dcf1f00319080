import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import type { ScopedWriter } from "../tenancy/scopedDb";
import { permitsOf } from "./permitList";

/**
 * What permits copy from their project and their authority, so that a list of them needs no
 * look-ups, and how the copies follow.
 */

/** Permits that one transaction changes. */
const BATCH = 100;

/** Lets a project's permits follow its name, and leave the list with it when it is archived. */
export async function followProject(
  db: ScopedWriter,
  before: Doc<"projects">,
  after: Pick<Doc<"projects">, "name" | "archived">,
): Promise<void> {
  if (before.name === after.name && before.archived === after.archived) return;
  for (const { _id, waitingOn } of await permitsOf(db, before._id)) {
    await db.patch("permits", _id, {
      projectName: after.name,
      waiting: waitingOn !== "nobody" && !after.archived,
    });
  }
}

/**
 * Lets the permits that name an authority follow its name, batch by batch, the first at once.
 * Each batch reads the name as it then is, so two changes at the same time come to the same end.
 */
export async function renameAuthority(
  { db, schedule }: TenantWriteCtx,
  authorityId: Id<"authorities">,
  cursor: string | null = null,
): Promise<void> {
  const authority = await db.get("authorities", authorityId);
  if (authority === null) return;
  const { page, isDone, continueCursor } = await db
    .query("permits")
    .withIndex("by_tenant_authority", (q) => q.eq("authorityId", authorityId))
    .paginate({ numItems: BATCH, cursor });
  for (const { _id, authorityName } of page) {
    if (authorityName === authority.name) continue;
    await db.patch("permits", _id, { authorityName: authority.name });
  }
  if (isDone) return;
  await schedule.after(0, internal.authorities.continueRename, {
    authorityId,
    cursor: continueCursor,
  });
}
