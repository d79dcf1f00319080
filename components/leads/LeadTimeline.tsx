"use client";

import { Skeleton } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import type { ReactNode } from "react";
import { MoreButton } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { formatMoment } from "@/lib/format";
import { LEAD_FIELD_NAMES } from "./LeadFacts";
import classes from "./LeadView.module.css";

type Line = FunctionReturnType<typeof api.leads.timeline>["page"][number];

const PAGE = 15;

/** Everything that happened to a lead, newest first. */
export function LeadTimeline({ leadId }: { leadId: Id<"leads"> }) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.leads.timeline,
    { leadId },
    { initialNumItems: PAGE },
  );
  return (
    <Panel title="Timeline">
      {status === "LoadingFirstPage" ? (
        <Skeleton height={90} radius="md" aria-label="Loading the timeline" />
      ) : (
        <ol className={classes.lines}>
          {results.map((line) => (
            <li key={line._id} className={classes.line}>
              <b>
                <bdi>{line.actorName}</bdi>
              </b>{" "}
              {sentenceOf(line)}
              {line.kind === "changed" && <Changes changes={line.changes} />}
              {line.reason && <span className={classes.dimmed}>“{line.reason}”</span>}
              <time
                className={classes.dimmed}
                dateTime={new Date(line._creationTime).toISOString()}
              >
                {formatMoment(line._creationTime)}
              </time>
            </li>
          ))}
        </ol>
      )}
      <MoreButton status={status} loadMore={loadMore} count={PAGE} mt="md" size="xs">
        Show older
      </MoreButton>
    </Panel>
  );
}

function Changes({ changes }: Pick<Line, "changes">) {
  return (
    <ul>
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          {field === "campaign" ? "Campaign" : LEAD_FIELD_NAMES[field as "name"]}:{" "}
          <del>{shown(before)}</del> <ins>{shown(after)}</ins>
        </li>
      ))}
    </ul>
  );
}

function shown(value: string): string {
  if (value === "") return "nothing";
  return value.length > 120 ? `${value.slice(0, 120)}…` : value;
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
