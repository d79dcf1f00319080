import type { OptimisticLocalStore } from "convex/browser";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { MAX_UNREAD_COUNTED } from "@/lib/notifications";

/** Shows one notification as read before the server has confirmed it. */
export function readOptimistically(
  store: OptimisticLocalStore,
  notificationId: Id<"notifications">,
): void {
  showRead(store, (id) => id === notificationId);
  const unread = store.getQuery(api.notifications.unread, {});
  // How many there are beyond what is counted, only the server knows.
  if (!unread || unread > MAX_UNREAD_COUNTED) return;
  store.setQuery(api.notifications.unread, {}, unread - 1);
}

/** The same for all of them. */
export function readAllOptimistically(store: OptimisticLocalStore): void {
  showRead(store, () => true);
  store.setQuery(api.notifications.unread, {}, 0);
}

function showRead(
  store: OptimisticLocalStore,
  concerns: (id: Id<"notifications">) => boolean,
): void {
  const now = Date.now();
  for (const { args, value } of store.getAllQueries(api.notifications.list)) {
    if (!value) continue;
    const page = value.page.map((each) =>
      concerns(each._id) ? { ...each, readAt: each.readAt ?? now } : each,
    );
    store.setQuery(api.notifications.list, args, { ...value, page });
  }
}
