"use client";

import { Skeleton } from "@mantine/core";
import { ActivityLine } from "@/components/projects/ActivityLine";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import classes from "./ActivityPanel.module.css";

const NEWEST = { paginationOpts: { numItems: 8, cursor: null } };

/** What happened to the company's projects last, by whom. */
export function ActivityPanel() {
  const activity = useLiveQuery(api.activity.recent, NEWEST);
  return (
    <Panel title="Recent activity">
      {activity.status === "loading" && (
        <Skeleton height={140} radius="md" aria-label="Loading recent activity" />
      )}
      {activity.status === "error" && <ErrorNotice error={activity.error} order={3} />}
      {activity.status === "ready" && activity.data.page.length === 0 && (
        <p className={classes.empty}>What your team does with projects appears here.</p>
      )}
      {activity.status === "ready" && activity.data.page.length > 0 && (
        <ul className={classes.lines}>
          {activity.data.page.map((line) => (
            <li key={line._id}>
              <ActivityLine line={line} linked />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
