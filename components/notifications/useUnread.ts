import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";

/** How many notifications the member has not read, live; 0 until it is known. */
export function useUnread(): number {
  const unread = useLiveQuery(api.notifications.unread, {});
  return unread.status === "ready" ? unread.data : 0;
}
