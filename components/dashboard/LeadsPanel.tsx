"use client";

import { Progress, Skeleton, Text } from "@mantine/core";
import { IconSpeakerphone } from "@tabler/icons-react";
import { leadsWords } from "@/components/leads/allowanceWords";
import { filterHref } from "@/components/leads/leadsFilter";
import { AnchorLink } from "@/components/ui/links";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import classes from "./LeadsPanel.module.css";

/** More campaigns are on the page of leads. */
const SHOWN_CAMPAIGNS = 4;

/** The month's leads against the plan, and where they come from. For `leads.read`. */
export function LeadsPanel() {
  const usage = useLiveQuery(api.leads.allowance, {});
  const campaigns = useLiveQuery(api.campaigns.list, {});
  const failed = [usage, campaigns].find(({ status }) => status === "error");
  return (
    <Panel
      title="Leads"
      aside={
        <AnchorLink href="/leads" size="sm">
          All leads
        </AnchorLink>
      }
    >
      {failed?.status === "error" && <ErrorNotice error={failed.error} order={3} />}
      {usage.status === "ready" && campaigns.status === "ready" ? (
        <>
          <Text fw={600} size="sm" mb={6}>
            {leadsWords(usage.data)}
          </Text>
          {usage.data.limit !== null && (
            <Progress
              mb="md"
              value={Math.min(100, (100 * usage.data.used) / usage.data.limit)}
              color={usage.data.used >= usage.data.limit ? "red" : "lake"}
              aria-label="Leads used this month"
            />
          )}
          <ul className={classes.campaigns}>
            {campaigns.data
              .filter(({ archivedAt }) => archivedAt === undefined)
              .slice(0, SHOWN_CAMPAIGNS)
              .map(({ _id, name }) => (
                <li key={_id}>
                  <IconSpeakerphone size={17} stroke={1.7} aria-hidden />
                  <AnchorLink href={filterHref({ campaign: _id })} size="sm">
                    <bdi>{name}</bdi>
                  </AnchorLink>
                </li>
              ))}
          </ul>
        </>
      ) : (
        !failed && <Skeleton height={60} radius="md" aria-label="Loading the leads" />
      )}
    </Panel>
  );
}
