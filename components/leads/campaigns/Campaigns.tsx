"use client";

import { Button, Skeleton } from "@mantine/core";
import { IconArrowLeft, IconPlus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { AnchorLink } from "@/components/ui/links";
import { PageHeader } from "@/components/ui/PageHeader";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { CampaignPanel } from "./CampaignPanel";
import classes from "./Campaigns.module.css";

const CampaignNameDialog = dynamic(() =>
  import("./CampaignNameDialog").then((m) => m.CampaignNameDialog),
);

/** Where leads come from: who gets them, and the form of each campaign. For `campaigns.manage`. */
export function Campaigns() {
  const campaigns = useLiveQuery(api.campaigns.settings, {});
  const workers = useLiveQuery(api.leads.workers, {});
  const adding = useLazyDisclosure();
  const failed = [campaigns, workers].find(({ status }) => status === "error");
  return (
    <>
      <AnchorLink href="/leads" size="sm" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden />
        All leads
      </AnchorLink>
      <PageHeader
        title="Campaigns and forms"
        description="Where leads come from, who gets them, and the form for your website."
        actions={
          <Button
            leftSection={<IconPlus size={18} stroke={2} aria-hidden />}
            aria-haspopup="dialog"
            onClick={adding.open}
          >
            New campaign
          </Button>
        }
      />
      {failed?.status === "error" ? (
        <ErrorNotice error={failed.error} />
      ) : campaigns.status === "ready" && workers.status === "ready" ? (
        <div className={classes.stack}>
          {[...campaigns.data]
            .sort((a, b) => Number(a.archivedAt ?? 0) - Number(b.archivedAt ?? 0))
            .map((campaign) => (
              <CampaignPanel key={campaign._id} campaign={campaign} workers={workers.data} />
            ))}
        </div>
      ) : (
        <Skeleton height={240} radius="lg" role="status" aria-label="Loading the campaigns" />
      )}
      {adding.wanted && <CampaignNameDialog opened={adding.opened} onClose={adding.close} />}
    </>
  );
}
