"use client";

import { Skeleton } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { IconArrowLeft, IconMapSearch } from "@tabler/icons-react";
import { AnchorLink, ButtonLink } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { LeadBody } from "./LeadBody";
import classes from "./LeadView.module.css";

/** A lead's page, live. An address that leads to no lead of this company says "not found". */
export function LeadView({ leadId }: { leadId: string }) {
  const lead = useLiveQuery(api.leads.get, { leadId });
  useDocumentTitle(`${lead.status === "ready" ? lead.data.name : "Lead"} · Sunup`);

  if (lead.status === "error" && errorData(lead.error)?.code === "NOT_FOUND") {
    return (
      <Notice
        order={1}
        icon={<IconMapSearch size={26} stroke={1.6} aria-hidden />}
        title="Lead not found"
        actions={<ButtonLink href="/leads">Go to all leads</ButtonLink>}
      >
        There is no lead at this address in your company. The link may be mistyped, or it belongs to
        another company.
      </Notice>
    );
  }
  return (
    <>
      <AnchorLink href="/leads" size="sm" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden />
        All leads
      </AnchorLink>
      {lead.status === "error" && <ErrorNotice error={lead.error} order={1} />}
      {lead.status === "ready" && <LeadBody lead={lead.data} />}
      {lead.status === "loading" && (
        <div role="status" aria-label="Loading the lead" className={classes.stack}>
          <Skeleton height={34} width={280} maw="100%" />
          <Skeleton height={110} radius="lg" />
          <Skeleton height={190} radius="lg" />
        </div>
      )}
    </>
  );
}
