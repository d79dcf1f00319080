"use client";

import { Skeleton, Text } from "@mantine/core";
import type { UsePaginatedQueryResult } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { MoreButton } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { useNow } from "@/components/ui/useNow";
import type { api } from "@/convex/_generated/api";
import { formatMoment, formatRelative } from "@/lib/format";
import { STAFF_ACTION_WORDS } from "./staffWords";
import classes from "./TrailPanel.module.css";

type TrailLine = FunctionReturnType<typeof api.staff.trail.recent>["page"][number];

/** How many lines of a trail are shown, and how many more with each click. */
export const TRAIL_PAGE = 15;

type TrailPanelProps = { title: string; trail: UsePaginatedQueryResult<TrailLine> };

/** Lines of the platform's trail, newest first: who, what, before and after, why. */
export function TrailPanel({ title, trail }: TrailPanelProps) {
  const now = useNow();
  return (
    <Panel title={title}>
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
      <MoreButton {...trail} count={TRAIL_PAGE} mt="md" size="xs">
        Show older
      </MoreButton>
    </Panel>
  );
}
