"use client";

import { useNotifications } from "@mantine/notifications";
import dynamic from "next/dynamic";
import { useState } from "react";

const Notifications = dynamic(
  () => import("@mantine/notifications").then((module) => module.Notifications),
  { ssr: false },
);

/** Where toasts appear. Its code comes with the first toast: no page needs it to start. */
export function Toaster() {
  const { notifications } = useNotifications();
  // Once there it stays, so that the last toast can leave with its own transition.
  const [wanted, setWanted] = useState(false);
  if (notifications.length > 0 && !wanted) setWanted(true);
  return wanted && <Notifications position="bottom-right" />;
}
