import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import { literals } from "convex-helpers/validators";

/**
 * Why somebody belongs to a deployment: `founder` may found a company there, `invited` may join
 * the one that invited them.
 */
export const placementKind = literals("founder", "invited");
export type PlacementKind = Infer<typeof placementKind>;

/**
 * People whose company lives on a deployment that is not home. At home it says where; on that
 * deployment it says who may come. Nobody whose company is at home has a row.
 */
export const placements = defineTable({
  /** Normalised; see lib/email.ts. Absent once the account is deleted. */
  email: v.optional(v.string()),
  kind: placementKind,
  /** The deployment: lib/shards.ts. */
  shard: v.string(),
  /** Clerk's user id, once the account is known. From then on the address does not matter. */
  clerkUserId: v.optional(v.string()),
})
  .index("by_email", ["email"])
  .index("by_clerkUserId", ["clerkUserId"]);
