"use client";

import { Badge, Button, Group } from "@mantine/core";
import { useMutation } from "convex/react";
import dynamic from "next/dynamic";
import { Panel } from "@/components/ui/Panel";
import { toastError, toastUndo } from "@/components/ui/toasts";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { api } from "@/convex/_generated/api";
import { filterHref } from "../leadsFilter";
import { AnchorLink } from "@/components/ui/links";
import type { CampaignSettings, LeadWorker } from "../types";
import { AssignmentFields } from "./AssignmentFields";
import classes from "./Campaigns.module.css";
import { FormSettings } from "./FormSettings";

const CampaignNameDialog = dynamic(() =>
  import("./CampaignNameDialog").then((m) => m.CampaignNameDialog),
);

type CampaignPanelProps = { campaign: CampaignSettings; workers: LeadWorker[] };

/** One campaign with all that can be set for it. */
export function CampaignPanel({ campaign, workers }: CampaignPanelProps) {
  const archive = useMutation(api.campaigns.archive);
  const restore = useMutation(api.campaigns.restore);
  const renaming = useLazyDisclosure();
  const { _id: campaignId, name, isDefault, archivedAt } = campaign;
  const archived = archivedAt !== undefined;

  async function putAway() {
    try {
      await archive({ campaignId });
      toastUndo(`“${name}” is archived.`, () => void restore({ campaignId }).catch(toastError));
    } catch (thrown) {
      toastError(thrown);
    }
  }

  return (
    <Panel
      title={name}
      aside={
        <Group gap="xs">
          {isDefault && (
            <Badge color="gray" variant="light" tt="none">
              Default
            </Badge>
          )}
          {archived && (
            <Badge color="gray" variant="light" tt="none">
              Archived
            </Badge>
          )}
          <Button
            variant="default"
            size="xs"
            aria-label={`Rename ${name}`}
            aria-haspopup="dialog"
            onClick={renaming.open}
          >
            Rename
          </Button>
          {archived ? (
            <Button
              variant="default"
              size="xs"
              aria-label={`Restore ${name}`}
              onClick={() => void restore({ campaignId }).catch(toastError)}
            >
              Restore
            </Button>
          ) : (
            !isDefault && (
              <Button
                variant="default"
                size="xs"
                aria-label={`Archive ${name}`}
                onClick={() => void putAway()}
              >
                Archive
              </Button>
            )
          )}
        </Group>
      }
    >
      {archived ? (
        <p className={classes.hint}>
          It gets no new leads and keeps those it has.{" "}
          <AnchorLink href={filterHref({ campaign: campaignId })} underline="always">
            Show its leads
          </AnchorLink>
        </p>
      ) : (
        <div className={classes.parts}>
          <AssignmentFields campaign={campaign} workers={workers} />
          <FormSettings campaign={campaign} />
        </div>
      )}
      {renaming.wanted && (
        <CampaignNameDialog campaign={campaign} opened={renaming.opened} onClose={renaming.close} />
      )}
    </Panel>
  );
}
