import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";
import { formatMoment } from "@/lib/format";
import { ENTRY_ENDING_WORDS, ENTRY_MS } from "@/lib/staffEntry";

export type SupportEntry = FunctionReturnType<typeof api.supportAccess.list>["page"][number];

/** What became of an entry, in a few words. `now` in milliseconds. */
export function outcomeOf(
  { state, endsAt, ending, endedAt, decidedBy }: SupportEntry,
  now: number,
) {
  if (state === "requested") return endsAt > now ? "Waits for your answer" : "Not answered in time";
  if (state === "open") {
    if (endsAt <= now) return ENTRY_ENDING_WORDS.expired;
    // The page's clock may be half a minute behind the server's.
    const minutes = Math.max(1, Math.ceil(Math.min(endsAt - now, ENTRY_MS) / 60_000));
    return `Still in, ${minutes === 1 ? "1 minute" : `${minutes} minutes`} left`;
  }
  const how = ending === undefined ? "Ended" : ENTRY_ENDING_WORDS[ending];
  const by = ending === "refused" || ending === "endedByCompany" ? decidedBy : undefined;
  const what = by === undefined ? how : `${how.replace(" by you", "")} by ${by}`;
  return endedAt === undefined ? what : `${what}, ${formatMoment(endedAt)}`;
}
