"use client";

import { Button, Skeleton, Text } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import { Panel } from "@/components/ui/Panel";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import { formatMoment, formatRelative } from "@/lib/format";
import { STAFF_ACTION_WORDS } from "../staffWords";
import classes from "./StaffTrail.module.css";

const PAGE = 15;

/** What staff did lately, newest first. */
export function StaffTrail() {
  const now = useNow();
  const trail = usePaginatedQuery(api.staff.trail.recent, {}, { initialNumItems: PAGE });
  return (
    <Panel title="What staff did">
      {trail.status === "LoadingFirstPage" ? (
        <Skeleton height={120} radius="md" aria-label="Loading what staff did" />
      ) : trail.results.length === 0 ? (
        <Text c="dimmed" size="sm">
          Nothing yet.
        </Text>
      ) : (
        <ol className={classes.lines}>
          {trail.results.map((line) => (
            <li key={line._id} className={classes.line}>
              <p className={classes.words} dir="auto">
                <strong>{line.staffName}</strong> {STAFF_ACTION_WORDS[line.action]}{" "}
                <strong>{line.subject}</strong>
                {line.changes.map(({ field, before, after }) => (
                  <span key={field} className={classes.change}>
                    {field}: {before || "none"} → {after || "none"}
                  </span>
                ))}
                {line.reason && <span className={classes.change}>Reason: {line.reason}</span>}
              </p>
              <time
                className={classes.when}
                dateTime={new Date(line._creationTime).toISOString()}
                title={formatMoment(line._creationTime)}
              >
                {formatRelative(line._creationTime, now)}
              </time>
            </li>
          ))}
        </ol>
      )}
      {(trail.status === "CanLoadMore" || trail.status === "LoadingMore") && (
        <Button
          mt="md"
          variant="default"
          size="xs"
          loading={trail.status === "LoadingMore"}
          onClick={() => trail.loadMore(PAGE)}
        >
          Show older
        </Button>
      )}
    </Panel>
  );
}
