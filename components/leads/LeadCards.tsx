import { RowCard, RowCards } from "@/components/ui/RowCards";
import { RowLink } from "@/components/ui/RowLink";
import { formatRelative } from "@/lib/format";
import classes from "./LeadsList.module.css";
import { LeadStatusBadge } from "./LeadStatusBadge";
import type { LeadRow } from "./types";

type LeadCardsProps = {
  leads: LeadRow[];
  now: number;
  campaignOf: Map<string, string>;
  workerOf: Map<string, string>;
};

/** Leads where there is no room for a table. */
export function LeadCards({ leads, now, campaignOf, workerOf }: LeadCardsProps) {
  return (
    <RowCards>
      {leads.map((lead) => (
        <RowCard
          key={lead._id}
          words={
            <>
              <RowLink href={`/leads/${lead._id}`}>{lead.name}</RowLink>
              <span className={classes.sub}>{lead.email ?? lead.phone}</span>
              <span className={classes.sub}>
                <bdi>{campaignOf.get(lead.campaignId)}</bdi>
                {lead.assigneeId !== undefined && (
                  <>
                    {" · "}
                    <bdi>{workerOf.get(lead.assigneeId) ?? "A former member"}</bdi>
                  </>
                )}
                {" · "}
                {formatRelative(lead._creationTime, now)}
              </span>
            </>
          }
          badge={<LeadStatusBadge status={lead.status} />}
        />
      ))}
    </RowCards>
  );
}
