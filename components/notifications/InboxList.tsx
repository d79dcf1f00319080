"use client";

import { Skeleton, Stack } from "@mantine/core";
import { IconBellCheck } from "@tabler/icons-react";
import { useMutation, usePaginatedQuery } from "convex/react";
import { MoreButton } from "@/components/ui/LoadMore";
import { Notice } from "@/components/ui/Notice";
import { toastError } from "@/components/ui/toasts";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import classes from "./InboxList.module.css";
import { InboxEntry } from "./InboxEntry";
import { readOptimistically } from "./optimisticReading";

const PAGE = 15;

/** The entries; opening one leads to what it is about and marks it as read. */
export function InboxList({ onLeave }: { onLeave: () => void }) {
  const now = useNow();
  const { results, status, loadMore } = usePaginatedQuery(
    api.notifications.list,
    {},
    { initialNumItems: PAGE },
  );
  const markRead = useMutation(api.notifications.markRead).withOptimisticUpdate(
    (store, { notificationId }) => readOptimistically(store, notificationId),
  );
  if (status === "LoadingFirstPage") {
    return (
      <Stack gap="xs" role="status" aria-label="Loading notifications">
        {[1, 2, 3].map((each) => (
          <Skeleton key={each} height={68} radius="md" />
        ))}
      </Stack>
    );
  }
  if (results.length === 0) {
    return (
      <Notice
        order={3}
        icon={<IconBellCheck size={26} stroke={1.6} aria-hidden />}
        title="Nothing new"
      >
        When somebody mentions you or gives you work, it appears here.
      </Notice>
    );
  }
  return (
    <>
      <ul className={classes.entries}>
        {results.map((entry) => (
          <li key={entry._id}>
            <InboxEntry
              entry={entry}
              now={now}
              onOpen={() => {
                if (entry.readAt === undefined) {
                  void markRead({ notificationId: entry._id }).catch(toastError);
                }
                onLeave();
              }}
            />
          </li>
        ))}
      </ul>
      <MoreButton status={status} loadMore={loadMore} count={PAGE} mt="sm" fullWidth>
        Show older
      </MoreButton>
    </>
  );
}
