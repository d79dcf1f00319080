"use client";

import { Skeleton, Text } from "@mantine/core";
import { IconSpeakerphone } from "@tabler/icons-react";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import classes from "./CampaignsPanel.module.css";

/** Where leads come from: every company starts with one campaign for all of them. */
export function CampaignsPanel() {
  const campaigns = useLiveQuery(api.campaigns.list, {});
  return (
    <Panel title="Lead campaigns">
      {campaigns.status === "loading" && (
        <Skeleton height={42} radius="md" aria-label="Loading the campaigns" />
      )}
      {campaigns.status === "error" && <ErrorNotice error={campaigns.error} order={3} />}
      {campaigns.status === "ready" && (
        <ul className={classes.campaigns}>
          {campaigns.data.map((campaign) => (
            <li key={campaign._id} className={classes.campaign}>
              <span className={classes.icon}>
                <IconSpeakerphone size={19} stroke={1.7} aria-hidden />
              </span>
              <span>
                <Text fw={600} size="sm" component="span" display="block">
                  {campaign.name}
                </Text>
                <Text c="dimmed" size="xs" component="span" display="block">
                  {campaign.isDefault ? "Default: new leads land here" : "Campaign"}
                </Text>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
