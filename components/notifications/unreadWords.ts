import { MAX_UNREAD_COUNTED } from "@/lib/notifications";

/** A count as the bell shows it: 3 -> "3", more than are counted -> "20+". */
export function unreadCount(unread: number): string {
  return unread > MAX_UNREAD_COUNTED ? `${MAX_UNREAD_COUNTED}+` : String(unread);
}

/** What the bell is called: "Notifications", "Notifications, 3 unread". */
export function bellLabel(unread: number): string {
  return unread === 0 ? "Notifications" : `Notifications, ${unreadCount(unread)} unread`;
}
