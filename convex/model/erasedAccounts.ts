import { digestOf } from "../../lib/digest";
import type { SystemCtx } from "../tenancy/functions";

type Ctx = Pick<SystemCtx, "platform">;

/** True for a Clerk user or customer at Stripe whose company was erased, or is being erased. */
export async function wasErased(ctx: Ctx, accountId: string): Promise<boolean> {
  return await isKnown(ctx, await digestOf(accountId));
}

/** Remembers that an account goes with its company, so that no late event brings one back. Safe to repeat. */
export async function rememberErased(ctx: Ctx, accountId: string): Promise<void> {
  const fingerprint = await digestOf(accountId);
  if (await isKnown(ctx, fingerprint)) return;
  await ctx.platform.insert("erasedAccounts", { fingerprint });
}

async function isKnown({ platform }: Ctx, fingerprint: string): Promise<boolean> {
  const known = await platform
    .query("erasedAccounts")
    .withIndex("by_fingerprint", (q) => q.eq("fingerprint", fingerprint))
    .first();
  return known !== null;
}
