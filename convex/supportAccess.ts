import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { actorOf } from "./model/audit";
import * as model from "./model/staffEntries";
import { consentRequired, setConsentRequired } from "./model/supportConsent";
import { entryAccess, entryEnding, entryState } from "./tables/staffEntries";
import { personalQuery, tenantMutation } from "./tenancy/functions";

/** What the company's administrators see and decide of Sunup's staff in their company. Closed to that staff. */

const entry = v.object({
  _id: v.id("staffEntries"),
  _creationTime: v.number(),
  staffName: v.string(),
  access: entryAccess,
  reason: v.string(),
  state: entryState,
  endsAt: v.number(),
  openedAt: v.optional(v.number()),
  endedAt: v.optional(v.number()),
  ending: v.optional(entryEnding),
  decidedBy: v.optional(v.string()),
});

/** Who of Sunup came into the company or asked to, newest first. Needs settings.manage. */
export const list = personalQuery({
  permission: "settings.manage",
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(entry),
  handler: async ({ db }, { paginationOpts }) => {
    const result = await db
      .query("staffEntries")
      .withIndex("by_tenant")
      .order("desc")
      .paginate(paginationOpts);
    return { ...result, page: result.page.map(model.shownEntry) };
  },
});

/** More than ever wait or are in at once; keeps the read bounded. */
const MAX_LIVE = 10;

/** Who of Sunup waits for consent, or is in right now. Needs settings.manage. */
export const current = personalQuery({
  permission: "settings.manage",
  args: {},
  returns: v.array(entry),
  handler: async ({ db }) => {
    const now = Date.now();
    const [waiting, inside] = await Promise.all(
      (["requested", "open"] as const).map((state) =>
        db
          .query("staffEntries")
          .withIndex("by_tenant_state", (q) => q.eq("state", state))
          .take(MAX_LIVE),
      ),
    );
    return [...(waiting ?? []), ...(inside ?? [])]
      .filter(({ endsAt }) => endsAt > now)
      .map(model.shownEntry);
  },
});

/** Whether staff wait for an administrator's consent. Needs settings.manage. */
export const consent = personalQuery({
  permission: "settings.manage",
  args: {},
  returns: v.object({ required: v.boolean() }),
  handler: async ({ db }) => ({ required: await consentRequired(db) }),
});

/** Says whether they do, from now on. Needs settings.manage. */
export const setConsent = tenantMutation({
  permission: "settings.manage",
  args: { required: v.boolean() },
  returns: v.null(),
  handler: async ({ db, member, tenant }, { required }) => {
    await setConsentRequired(db, actorOf(member), tenant.name, required);
    return null;
  },
});

const entryId = { entryId: v.id("staffEntries") };

/** Lets in a staff member who asked; their 30 minutes begin. Needs settings.manage. Throws NOT_FOUND, CONFLICT. */
export const grant = tenantMutation({
  permission: "settings.manage",
  args: entryId,
  returns: v.null(),
  handler: async (ctx, { entryId }) => {
    await model.grant(ctx, entryId, Date.now());
    return null;
  },
});

/** Refuses one who asked. Needs settings.manage. Throws NOT_FOUND, CONFLICT. */
export const refuse = tenantMutation({
  permission: "settings.manage",
  args: entryId,
  returns: v.null(),
  handler: async (ctx, { entryId }) => {
    await model.refuse(ctx, entryId, Date.now());
    return null;
  },
});

/** Sends out one who is in, at once, also from open browsers. Needs settings.manage. Throws NOT_FOUND. */
export const endNow = tenantMutation({
  permission: "settings.manage",
  args: entryId,
  returns: v.null(),
  handler: async (ctx, { entryId }) => {
    await model.sendOut(ctx, entryId, Date.now());
    return null;
  },
});
