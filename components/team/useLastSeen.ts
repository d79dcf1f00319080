import { useQueries, type RequestForQueries } from "convex/react";
import { useMemo } from "react";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";

/** How many people one query asks about. */
const PART = 50;

type Seen = { memberId: Id<"members">; lastSeenAt: number };

/**
 * When these members were last seen, live, in milliseconds. Asked for beside the list and not in
 * it, so that somebody's being here reads no list again.
 */
export function useLastSeen(memberIds: readonly Id<"members">[]): Map<Id<"members">, number> {
  const key = memberIds.join();
  const requests = useMemo(() => {
    const parts: RequestForQueries = {};
    for (let from = 0; from < memberIds.length; from += PART) {
      const args = { memberIds: memberIds.slice(from, from + PART) };
      parts[String(from)] = { query: api.presence.lastSeen, args };
    }
    return parts;
    // The key stands for the ids, which are a new array each render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  const answers = Object.values(useQueries(requests)) as (Seen[] | Error | undefined)[];
  const seen = answers.flatMap((answer) => (Array.isArray(answer) ? answer : []));
  return new Map(seen.map(({ memberId, lastSeenAt }) => [memberId, lastSeenAt]));
}
