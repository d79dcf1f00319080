import type { FunctionReturnType } from "convex/server";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";

/** The company in which this staff member is, or waits for, live; null without one, or until it is known. */
export function useEntry(): FunctionReturnType<typeof api.staff.entries.mine> {
  const mine = useLiveQuery(api.staff.entries.mine, {});
  const now = useNow();
  if (mine.status !== "ready" || mine.data === null) return null;
  return mine.data.endsAt > now ? mine.data : null;
}
