import { sunupError } from "../../lib/errors";
import { normalizeEmail } from "../../lib/email";
import type { Doc } from "../_generated/dataModel";
import type { PlacementKind } from "../tables/placements";
import type { SystemCtx } from "../tenancy/functions";
import { findPlacement } from "../tenancy/placement";
import { isHome, ownShard } from "./shards";

/** Who belongs to which deployment: rows of `placements`, see docs/shards.md. */

type Kept = { email: string; shard: string; kind: PlacementKind };

/**
 * Keeps an address for a deployment, until its owner has an account: they found or join a company
 * there. Safe to repeat; a founder stays one. Throws CONFLICT
 * when it is kept for another one, or when a founder has a company at home.
 */
export async function reserve(
  { platform, companiesOf }: Pick<SystemCtx, "platform" | "companiesOf">,
  { email, shard, kind }: Kept,
): Promise<void> {
  const address = normalizeEmail(email);
  // An account has one company, in all deployments together.
  if (kind === "founder" && (await companiesOf({ email: address })).length > 0 && isHome()) {
    throw sunupError("CONFLICT", { message: `${address} belongs to a company here already.` });
  }
  const known = await findPlacement(platform, { email: address });
  if (known === null) {
    await platform.insert("placements", { email: address, shard, kind });
    return;
  }
  if (known.shard !== shard) throw elsewhere();
  if (kind === "founder" && known.kind !== kind) {
    await platform.patch("placements", known._id, { kind });
  }
}

/**
 * Somebody with an account has joined a company of another deployment, which tells home. Safe to
 * repeat; changes nothing for who has a company here.
 */
export async function joinedElsewhere(
  ctx: SystemCtx,
  { clerkUserId, email, shard }: Required<Person> & { shard: string },
): Promise<void> {
  if ((await ctx.findMember(clerkUserId)) !== null) return;
  const known = await findPlacement(ctx.platform, { clerkUserId, email });
  if (known === null) {
    await ctx.platform.insert("placements", { email, shard, kind: "invited", clerkUserId });
  } else if (known.clerkUserId === undefined) {
    await ctx.platform.patch("placements", known._id, { clerkUserId, shard });
  }
}

/** True when somebody lives on a deployment, and is not only invited there. */
export function isSettled({ kind, clerkUserId }: Doc<"placements">): boolean {
  return kind === "founder" || clerkUserId !== undefined;
}

/** Lets go of an address that was kept for an invitation and has not been used. */
export async function release(
  { platform }: Pick<SystemCtx, "platform">,
  { email, shard }: { email: string; shard: string },
): Promise<void> {
  const known = await findPlacement(platform, { email: normalizeEmail(email) });
  const isUnused = known?.kind === "invited" && known.clerkUserId === undefined;
  if (isUnused && known.shard === shard) await platform.delete("placements", known._id);
}

/** Somebody whom Clerk told us about. */
type Person = { clerkUserId: string; email?: string };

/**
 * The deployment that Clerk's events about somebody are for; null when it is this one. Remembers
 * whom an address that is kept belongs to. Only home hands on.
 */
export async function shardOfPerson(
  ctx: SystemCtx,
  person: Person & { invited: boolean },
): Promise<string | null> {
  if (!isHome() || (await ctx.findMember(person.clerkUserId)) !== null) return null;
  const placement = await findPlacement(ctx.platform, person);
  if (placement === null) return null;
  // Who is invited there and founds a company of their own does that here, as everybody.
  if (!isSettled(placement) && !person.invited) return null;
  if (placement.clerkUserId === undefined) {
    const { clerkUserId } = person;
    await ctx.platform.patch("placements", placement._id, { clerkUserId });
  }
  return placement.shard;
}

/** A deleted account keeps its place, so that late events find their way, and loses its address. */
export async function forgetAddress(
  { platform }: Pick<SystemCtx, "platform">,
  clerkUserId: string,
): Promise<void> {
  const known = await findPlacement(platform, { clerkUserId });
  if (known?.email !== undefined) {
    await platform.patch("placements", known._id, { email: undefined });
  }
}

/**
 * Whether somebody may found a company on this deployment: at home whoever is not placed elsewhere,
 * elsewhere only whose address was kept for that.
 */
export async function mayFoundHere(
  { platform }: Pick<SystemCtx, "platform">,
  person: Required<Person>,
): Promise<boolean> {
  const placement = await findPlacement(platform, person);
  if (isHome()) return placement === null || !isSettled(placement);
  return placement?.kind === "founder" && placement.shard === ownShard();
}

/** What somebody is told who is on the wrong deployment. */
export function elsewhere() {
  return sunupError("CONFLICT", {
    message: "This account belongs to another of Sunup's deployments.",
    nextStep: "Load the page again: it then opens where your company is.",
  });
}
