"use client";

import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { useMember } from "@/components/workspace/MemberContext";
import { formatMoment } from "@/lib/format";
import { ConvertLeadButton } from "./ConvertLeadButton";
import { LeadFacts, LeadNotes } from "./LeadFacts";
import { LeadPlace } from "./LeadPlace";
import { LeadStatusBadge } from "./LeadStatusBadge";
import { LeadStatusPanel } from "./LeadStatusPanel";
import { LeadTimeline } from "./LeadTimeline";
import classes from "./LeadView.module.css";
import type { LeadDetail } from "./types";

/** Everything about one lead. A converted one is only read: what follows belongs to its project. */
export function LeadBody({ lead }: { lead: LeadDetail }) {
  const { can, canAsMember } = useMember();
  const editable = can("leads.write") && lead.status !== "converted";
  return (
    <>
      <PageHeader
        title={<bdi>{lead.name}</bdi>}
        description={
          <span className={classes.badges}>
            <LeadStatusBadge status={lead.status} size="lg" />
            <span>
              {lead.source === "form" ? "Sent a form" : "Added"} {formatMoment(lead._creationTime)}
            </span>
          </span>
        }
        actions={editable && canAsMember("leads.write") && <ConvertLeadButton lead={lead} />}
      />
      <div className={classes.stack}>
        <LeadStatusPanel lead={lead} editable={editable} />
        <div className={classes.columns}>
          <Panel title="Contact">
            <LeadFacts lead={lead} editable={editable} />
          </Panel>
          <Panel title="Campaign and assignee">
            <LeadPlace lead={lead} editable={editable} />
          </Panel>
        </div>
        <Panel title="Notes">
          <LeadNotes lead={lead} editable={editable} />
        </Panel>
        <QueryBoundary>
          <LeadTimeline leadId={lead._id} />
        </QueryBoundary>
      </div>
    </>
  );
}
