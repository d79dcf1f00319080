import { ALERT_RULES } from "../../../lib/security";
import type { SystemCtx } from "../../tenancy/functions";
import type { AlertSubject } from "./alerts";
import { raiseAndLock } from "./lockPolicy";

/** A function that failed for a client. */
export type Failure = { client: string; path: string; at: number; subject: AlertSubject };

/** Whom calls of functions that do not exist are counted for: the log does not say who calls them. */
export const NOBODY_KNOWN = "nobody known";

const { from, withinMs } = ALERT_RULES.failingFunctions;
const HOUR = 60 * 60_000;
const FORGET_AT_ONCE = 40;

/** Counts which different functions failed for each client lately, and alerts when they are many. */
export async function noteFailures(ctx: SystemCtx, failures: readonly Failure[]): Promise<void> {
  if (failures.length === 0) return;
  const clients = Map.groupBy(failures, ({ client }) => client);
  for (const [client, own] of clients) {
    const paths = new Map(own.map((failure) => [failure.path, failure]));
    // More than an alert needs tells nothing more.
    const counted = [...paths.values()].slice(0, from);
    for (const failure of counted) await note(ctx, failure);
    const { subject } = own[0]!;
    const at = Math.max(...counted.map((failure) => failure.at));
    await raiseAndLock(ctx, subject, { seen: counted.length, at }, () => enough(ctx, client, at));
  }
  const old = await ctx.platform
    .query("recentFailures")
    .withIndex("by_at", (q) => q.lt("at", Date.now() - HOUR))
    .take(FORGET_AT_ONCE);
  for (const { _id } of old) await ctx.platform.delete("recentFailures", _id);
}

/** Functions that do not exist and were called all the same, as a scan of guessed names does. */
export function unknownFunctions(paths: readonly { path: string; at: number }[]): Failure[] {
  const subject = {
    kind: "failingFunctions" as const,
    subject: NOBODY_KNOWN,
    subjectName: "Somebody who guesses names of functions",
  };
  return paths.map(({ path, at }) => ({ client: NOBODY_KNOWN, path, at, subject }));
}

async function note(
  { platform }: SystemCtx,
  { client, path, at }: Pick<Failure, "client" | "path" | "at">,
): Promise<void> {
  const known = await platform
    .query("recentFailures")
    .withIndex("by_client_path", (q) => q.eq("client", client).eq("path", path))
    .unique();
  if (known === null) await platform.insert("recentFailures", { client, path, at });
  else if (at > known.at) await platform.patch("recentFailures", known._id, { at });
}

async function enough({ platform }: SystemCtx, client: string, at: number): Promise<number | null> {
  const different = await platform
    .query("recentFailures")
    .withIndex("by_client_at", (q) => q.eq("client", client).gt("at", at - withinMs))
    .take(from);
  return different.length >= from ? different.length : null;
}
