"use client";

import { Skeleton } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { LoadMore } from "@/components/ui/LoadMore";
import { Notice } from "@/components/ui/Notice";
import { TimelineLine } from "@/components/ui/timeline/TimelineLine";
import { api } from "@/convex/_generated/api";
import classes from "./Audit.module.css";
import { type AuditFilter, queryOf } from "./auditFilter";
import { ACTION_WORDS } from "./auditWords";

const PAGE = 30;

export type AuditLine = FunctionReturnType<typeof api.auditTrail.list>["page"][number];

/** The trail's lines, newest first, live. */
export function AuditLines({ filter }: { filter: AuditFilter }) {
  const trail = usePaginatedQuery(api.auditTrail.list, queryOf(filter), { initialNumItems: PAGE });
  if (trail.status === "LoadingFirstPage") {
    return <Skeleton height={200} m="lg" radius="md" aria-label="Loading the audit trail" />;
  }
  if (trail.results.length === 0) {
    return (
      <Notice
        role="status"
        icon={<IconListSearch size={26} stroke={1.6} aria-hidden />}
        title="Nothing found"
      >
        Nothing of that kind happened in that time.
      </Notice>
    );
  }
  return (
    <>
      <ol className={classes.list} aria-label="Audit trail">
        {trail.results.map((line) => (
          <li key={line._id}>
            <TimelineLine
              actor={actorName(line.actor)}
              changes={line.changes.map(({ field, ...change }) => ({ label: field, ...change }))}
              reason={line.reason}
              at={line._creationTime}
            >
              {ACTION_WORDS[line.action]} <bdi>{line.subject}</bdi>
            </TimelineLine>
          </li>
        ))}
      </ol>
      <LoadMore status={trail.status} loadMore={trail.loadMore} count={PAGE} />
    </>
  );
}

/** Who did it, as a person reads it. */
export function actorName(actor: AuditLine["actor"]): string {
  if (actor.kind === "system") return "Sunup";
  return actor.kind === "staff" ? `${actor.name} of Sunup` : actor.name;
}
