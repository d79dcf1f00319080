"use client";

import { usePaginatedQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import type { ReactNode } from "react";
import { TimelineLine } from "@/components/ui/timeline/TimelineLine";
import { TIMELINE_PAGE, TimelinePanel } from "@/components/ui/timeline/TimelinePanel";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import type { LeadField } from "@/lib/leads";
import { LEAD_FIELD_NAMES } from "./LeadFacts";

type Line = FunctionReturnType<typeof api.leads.timeline>["page"][number];

/** Everything that happened to a lead, newest first. */
export function LeadTimeline({ leadId }: { leadId: Id<"leads"> }) {
  const pages = usePaginatedQuery(
    api.leads.timeline,
    { leadId },
    { initialNumItems: TIMELINE_PAGE },
  );
  return (
    <TimelinePanel pages={pages}>
      {(line) => (
        <TimelineLine
          actor={line.actorName}
          changes={line.kind === "changed" ? line.changes.map(named) : []}
          reason={line.reason}
          at={line._creationTime}
        >
          {sentenceOf(line)}
        </TimelineLine>
      )}
    </TimelinePanel>
  );
}

function named({ field, ...values }: Line["changes"][number]) {
  const label = field === "campaign" ? "Campaign" : LEAD_FIELD_NAMES[field as LeadField];
  return { label, ...values };
}

function sentenceOf({ kind, changes }: Line): ReactNode {
  const after = (field: string) => changes.find((change) => change.field === field)?.after;
  const assignee = after("assignee");
  const [change] = changes;
  switch (kind) {
    case "created":
    case "imported":
    case "received":
      return (
        <>
          {{ created: "added", imported: "imported", received: "received" }[kind]} the lead in “
          {after("campaign")}”{assignee && <> and gave it to {assignee}</>}
        </>
      );
    case "changed":
      return "changed details";
    case "assigned":
      return assignee ? (
        <>
          gave the lead to <b>{assignee}</b>
        </>
      ) : (
        <>took the lead from {change?.before}</>
      );
    case "moved":
      return (
        <>
          moved the lead from {change?.before} to <b>{change?.after}</b>
        </>
      );
    case "lost":
      return "marked the lead as lost";
    case "converted":
      return "made a project of the lead";
  }
}
