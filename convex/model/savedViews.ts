import { pick } from "convex-helpers";
import { sunupError } from "../../lib/errors";
import { MAX_OWN_VIEWS, MAX_SHARED_VIEWS, viewName, viewTexts } from "../../lib/savedViews";
import type { Doc, Id } from "../_generated/dataModel";
import type { ViewFilter } from "../tables/savedViews";
import type { MemberCtx } from "../tenancy/functions";
import { type Caller, requirePermission } from "../tenancy/member";
import type { ScopedReader, ScopedWriter } from "../tenancy/scopedDb";
import { parseOrInvalid } from "./invalid";

type View = Doc<"savedViews">;
type Ctx = Pick<MemberCtx, "db"> & Caller;

/** The member's own views and those that colleagues share, each by name. */
export async function viewsOf({ db, member, permissions }: { db: ScopedReader } & Caller) {
  const own = await ownViews(db, member);
  const shared = (await sharedViews(db)).filter(({ ownerId }) => ownerId !== member._id);
  return [...own, ...shared]
    .map((view) => {
      const isOwn = view.ownerId === member._id;
      const mayChange = isOwn || permissions.includes("settings.manage");
      return { ...pick(view, ["_id", "name", "shared", "filter"]), isOwn, mayChange };
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Keeps a view. Throws INVALID, NOT_FOUND (stage or owner), LIMIT_REACHED. */
export async function saveView(
  { db, member }: Ctx,
  { name, shared, filter }: Pick<View, "name" | "shared" | "filter">,
): Promise<Id<"savedViews">> {
  const own = await ownViews(db, member);
  const checked = checkedName(name, own);
  if (own.length >= MAX_OWN_VIEWS) throw tooMany(`You can keep ${MAX_OWN_VIEWS} views.`);
  if (shared) await requireRoomToShare(db);
  return await db.insert("savedViews", {
    ownerId: member._id,
    name: checked,
    shared,
    filter: checkedFilter(filter),
  });
}

/** Throws NOT_FOUND, FORBIDDEN, INVALID. */
export async function renameView(ctx: Ctx, viewId: Id<"savedViews">, name: string): Promise<void> {
  const view = await changeableX(ctx, viewId);
  const others = (await ownViews(ctx.db, { _id: view.ownerId })).filter(
    ({ _id }) => _id !== viewId,
  );
  await ctx.db.patch("savedViews", viewId, { name: checkedName(name, others) });
}

/** Shows a view to everybody in the company, or to its owner alone again. Throws NOT_FOUND, FORBIDDEN, LIMIT_REACHED. */
export async function shareView(
  ctx: Ctx,
  viewId: Id<"savedViews">,
  shared: boolean,
): Promise<void> {
  const view = await changeableX(ctx, viewId);
  if (view.shared === shared) return;
  if (shared) await requireRoomToShare(ctx.db);
  await ctx.db.patch("savedViews", viewId, { shared });
}

/** Throws NOT_FOUND, FORBIDDEN. */
export async function removeView(ctx: Ctx, viewId: Id<"savedViews">): Promise<void> {
  await changeableX(ctx, viewId);
  await ctx.db.delete("savedViews", viewId);
}

/**
 * A view that the caller may change: their own, or, with settings.manage, one that is shared. A
 * colleague's own view is not there for anyone else. Throws NOT_FOUND, FORBIDDEN.
 */
async function changeableX(ctx: Ctx, viewId: Id<"savedViews">): Promise<View> {
  const view = await ctx.db.getX("savedViews", viewId);
  if (view.ownerId === ctx.member._id) return view;
  if (!view.shared) throw sunupError("NOT_FOUND");
  requirePermission(ctx, "settings.manage");
  return view;
}

async function ownViews(db: ScopedReader, { _id }: Pick<Doc<"members">, "_id">): Promise<View[]> {
  return await db
    .query("savedViews")
    .withIndex("by_tenant_owner", (q) => q.eq("ownerId", _id))
    .take(MAX_OWN_VIEWS);
}

async function sharedViews(db: ScopedReader): Promise<View[]> {
  return await db
    .query("savedViews")
    .withIndex("by_tenant_shared", (q) => q.eq("shared", true))
    .take(MAX_SHARED_VIEWS);
}

async function requireRoomToShare(db: ScopedWriter): Promise<void> {
  if ((await sharedViews(db)).length < MAX_SHARED_VIEWS) return;
  throw tooMany(`A company can share ${MAX_SHARED_VIEWS} views.`);
}

function tooMany(message: string) {
  return sunupError("LIMIT_REACHED", { message, nextStep: "Delete one that nobody needs." });
}

/** The name as it is kept; two views of one member never have the same. Throws INVALID. */
function checkedName(name: string, others: readonly View[]): string {
  const checked = parseOrInvalid(viewName, name);
  const taken = others.some((each) => each.name.toLowerCase() === checked.toLowerCase());
  if (!taken) return checked;
  const message = `There is a view “${checked}” already. Choose another name.`;
  throw sunupError("INVALID", { message, field: "name" });
}

/** The wall checks the ids in it, the function's arguments the rest. */
function checkedFilter(filter: ViewFilter): ViewFilter {
  return { ...filter, ...parseOrInvalid(viewTexts, pick(filter, ["q", "from", "to"])) };
}
