import type { Metadata } from "next";
import { NotificationSettings } from "@/components/settings/notifications/NotificationSettings";

export const metadata: Metadata = { title: "Notifications" };

export default function NotificationsPage() {
  return <NotificationSettings />;
}
