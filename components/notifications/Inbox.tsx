"use client";

import { Button, Drawer, Group } from "@mantine/core";
import { useMutation } from "convex/react";
import { AnchorLink } from "@/components/ui/links";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { toastError } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { InboxList } from "./InboxList";
import { readAllOptimistically } from "./optimisticReading";
import { useUnread } from "./useUnread";

type InboxProps = { opened: boolean; onClose: () => void };

/** What the member was told, newest first. */
export function Inbox({ opened, onClose }: InboxProps) {
  const unread = useUnread();
  const markAllRead = useMutation(api.notifications.markAllRead).withOptimisticUpdate(
    readAllOptimistically,
  );
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      title="Notifications"
      size={420}
      padding="md"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Group justify="space-between" mb="sm" mih={30}>
        <AnchorLink href="/settings/notifications" size="sm" onClick={onClose}>
          Choose your e-mails
        </AnchorLink>
        {unread > 0 && (
          <Button
            variant="default"
            size="xs"
            onClick={() => void markAllRead({}).catch(toastError)}
          >
            Mark all as read
          </Button>
        )}
      </Group>
      <QueryBoundary>
        <InboxList onLeave={onClose} />
      </QueryBoundary>
    </Drawer>
  );
}
