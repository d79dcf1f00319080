"use client";

import { Skeleton, Text } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import { AnchorLink } from "@/components/ui/links";
import { MoreButton } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import { formatMoment, formatRelative } from "@/lib/format";
import { filterHref } from "../tenants/tenantsFilter";
import classes from "./Overview.module.css";

const PAGE = 6;
const HOUR_MS = 60 * 60_000;

/** Companies to call before their trial ends, soonest first. */
export function TrialsPanel() {
  const now = useNow();
  // To the hour, so that the question stays the same for a while.
  const from = Math.floor(now / HOUR_MS) * HOUR_MS;
  const trials = usePaginatedQuery(
    api.staff.overview.trialsEnding,
    { from },
    { initialNumItems: PAGE },
  );
  return (
    <Panel
      title="Trials ending in 7 days"
      aside={
        <AnchorLink href={filterHref({ flag: "trialEnding" })} size="sm" fw={600}>
          Open the list
        </AnchorLink>
      }
    >
      {trials.status === "LoadingFirstPage" && (
        <Skeleton height={100} radius="md" aria-label="Loading the trials" />
      )}
      {trials.status === "Exhausted" && trials.results.length === 0 && (
        <Text c="dimmed" size="sm">
          No trial ends this week.
        </Text>
      )}
      <ul className={classes.rows}>
        {trials.results.map(({ tenantId, company, trialEndsAt, lastActivityAt }) => (
          <li key={tenantId} className={classes.row}>
            <span className={classes.name}>
              <AnchorLink href={`/admin/tenants/${tenantId}`} fw={600}>
                <bdi>{company}</bdi>
              </AnchorLink>
            </span>
            <span className={classes.aside}>
              ends{" "}
              <time
                dateTime={new Date(trialEndsAt).toISOString()}
                title={formatMoment(trialEndsAt)}
              >
                {formatRelative(trialEndsAt, now)}
              </time>
              , active {formatRelative(lastActivityAt, now)}
            </span>
          </li>
        ))}
      </ul>
      <MoreButton {...trials} count={PAGE} mt="sm" size="xs" />
    </Panel>
  );
}
