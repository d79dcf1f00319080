"use client";

import { Skeleton, Text } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import { AnchorLink } from "@/components/ui/links";
import { Panel } from "@/components/ui/Panel";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import { formatMoment, formatRelative } from "@/lib/format";
import { alertWords } from "../security/securityWords";
import classes from "./Overview.module.css";

const SHOWN = 3;

/** The newest open security alerts, live; all of them are on the page behind it. */
export function AlertsPanel() {
  const now = useNow();
  const { results, status } = usePaginatedQuery(
    api.staff.security.alerts,
    { status: "open" },
    { initialNumItems: SHOWN },
  );
  return (
    <Panel
      title="Open security alerts"
      aside={
        <AnchorLink href="/admin/security" size="sm" fw={600}>
          Open the list
        </AnchorLink>
      }
    >
      {status === "LoadingFirstPage" ? (
        <Skeleton height={60} radius="md" aria-label="Loading the alerts" />
      ) : results.length === 0 ? (
        <Text c="dimmed" size="sm">
          None.
        </Text>
      ) : (
        <ul className={classes.rows} aria-label="Newest open alerts">
          {results.map(({ _id, kind, subjectName, lastAt }) => (
            <li key={_id} className={classes.row}>
              <span className={classes.name}>
                {alertWords(kind)}: <bdi>{subjectName}</bdi>
              </span>
              <time
                className={classes.aside}
                dateTime={new Date(lastAt).toISOString()}
                title={formatMoment(lastAt)}
              >
                {formatRelative(lastAt, now)}
              </time>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
