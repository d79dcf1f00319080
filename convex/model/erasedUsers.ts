import { digestOf } from "../../lib/digest";
import type { SystemCtx } from "../tenancy/functions";

type Ctx = Pick<SystemCtx, "platform">;

/** True for a Clerk user whose company was erased, or is being erased. */
export async function wasErased(ctx: Ctx, clerkUserId: string): Promise<boolean> {
  return await isKnown(ctx, await digestOf(clerkUserId));
}

/** Remembers that a Clerk user goes with their company, so that no late event brings one back. Safe to repeat. */
export async function rememberErased(ctx: Ctx, clerkUserId: string): Promise<void> {
  const fingerprint = await digestOf(clerkUserId);
  if (await isKnown(ctx, fingerprint)) return;
  await ctx.platform.insert("erasedUsers", { fingerprint });
}

async function isKnown({ platform }: Ctx, fingerprint: string): Promise<boolean> {
  const known = await platform
    .query("erasedUsers")
    .withIndex("by_fingerprint", (q) => q.eq("fingerprint", fingerprint))
    .first();
  return known !== null;
}
