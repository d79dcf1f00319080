import type { Doc } from "../_generated/dataModel";
import type { platformReader } from "./rules";

/**
 * Where somebody's company lives when that is not home, or null: by the account, or, until one is
 * known, by the address that was kept for them.
 */
export async function findPlacement(
  platform: Pick<ReturnType<typeof platformReader>, "query">,
  { clerkUserId, email }: { clerkUserId?: string; email?: string | undefined },
): Promise<Doc<"placements"> | null> {
  const known =
    clerkUserId === undefined
      ? null
      : await platform
          .query("placements")
          .withIndex("by_clerkUserId", (q) => q.eq("clerkUserId", clerkUserId))
          .first();
  if (known !== null || email === undefined) return known;
  const kept = await platform
    .query("placements")
    .withIndex("by_email", (q) => q.eq("email", email))
    .first();
  const isTheirs = clerkUserId === undefined || kept?.clerkUserId === undefined;
  return isTheirs ? kept : null;
}
