import { v } from "convex/values";
import { nullable } from "convex-helpers/validators";
import { emailAddress, normalizeEmail } from "../lib/email";
import { sunupError } from "../lib/errors";
import { HOME } from "../lib/shards";
import { internal } from "./_generated/api";
import * as model from "./model/placements";
import { askShard, isHome, otherShards, ownShard } from "./model/shards";
import { placementKind } from "./tables/placements";
import { signedInQuery, systemAction, systemMutation } from "./tenancy/functions";

/**
 * The name of the deployment where one's own company lives, live; asked at home. Null for who has no
 * company, and none to found elsewhere. Anyone signed in. Throws UNAUTHENTICATED.
 */
export const mine = signedInQuery({
  args: {},
  returns: nullable(v.string()),
  handler: async ({ own, placement }) => {
    if (own !== null) return ownShard();
    const placed = await placement();
    return placed !== null && model.isSettled(placed) ? placed.shard : null;
  },
});

/**
 * Keeps an e-mail address for another deployment: whoever signs up with it founds their company
 * there. For the command line, at home, before they sign up:
 * `npx convex run placements:place '{"email":"…","shard":"east"}'`. Safe to repeat.
 * Throws INVALID, NOT_FOUND (deployment), CONFLICT.
 */
export const place = systemAction({
  args: { email: v.string(), shard: v.string() },
  returns: v.null(),
  handler: async ({ runMutation }, { email, shard }): Promise<null> => {
    if (!isHome()) throw sunupError("CONFLICT", { message: "Only home places somebody." });
    const address = emailAddress.safeParse(email).data;
    if (address === undefined) throw sunupError("INVALID", { message: "That is no address." });
    if (!otherShards().includes(shard)) {
      throw sunupError("NOT_FOUND", { message: `SHARDS names no deployment "${shard}".` });
    }
    const kept = { email: normalizeEmail(address), shard, kind: "founder" as const };
    // First here, where it can be refused; stopped in between, it is run again.
    await runMutation(internal.placements.reserve, kept);
    await askShard(shard, "placement", { ...kept, keep: true });
    return null;
  },
});

const kept = { email: v.string(), shard: v.string(), kind: placementKind };

/** Keeps an address for a deployment. Throws CONFLICT when it is kept for another, or has a company here. */
export const reserve = systemMutation({
  args: kept,
  returns: v.null(),
  handler: async (ctx, args) => {
    await model.reserve(ctx, args);
    return null;
  },
});

const joiner = { clerkUserId: v.string(), email: v.string() };

/** Somebody has joined a company of another deployment, which says so. */
export const joined = systemMutation({
  args: { ...joiner, shard: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    await model.joinedElsewhere(ctx, args);
    return null;
  },
});

/** Tells home that somebody has joined a company here (`joining.acceptFor` schedules it). */
export const tellHome = systemAction({
  args: joiner,
  returns: v.null(),
  handler: async (_ctx, args) => {
    await askShard(HOME, "joined", { ...args, shard: ownShard() });
    return null;
  },
});

/** Lets go of an address that was kept for an invitation. */
export const release = systemMutation({
  args: kept,
  returns: v.null(),
  handler: async (ctx, args) => {
    await model.release(ctx, args);
    return null;
  },
});
