"use client";

import { IconCircleCheck } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import type { FunctionArgs } from "convex/server";
import { useState } from "react";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { PlainButton } from "@/components/ui/links";
import { LoadMore } from "@/components/ui/LoadMore";
import { Notice } from "@/components/ui/Notice";
import { RowLink } from "@/components/ui/RowLink";
import { useEndless } from "@/components/ui/useEndless";
import { api } from "@/convex/_generated/api";
import type { EvidencePlace } from "@/lib/gates";
import classes from "./Permits.module.css";
import { PermitStatusBadge } from "./PermitStatusBadge";
import { daysText, daysWaiting, expectedText, today, waitingOnText } from "./permitWords";
import type { Permit } from "./types";

const PAGE = 25;

type WaitingListProps = {
  query: Omit<FunctionArgs<typeof api.permits.waiting>, "paginationOpts">;
  narrowed: boolean;
  onShowAll: () => void;
};

/** The pages loaded so far; the next one loads when the end comes into view, or by the button. */
export function WaitingList({ query, narrowed, onShowAll }: WaitingListProps) {
  const pages = usePaginatedQuery(api.permits.waiting, query, { initialNumItems: PAGE });
  const endRef = useEndless<HTMLDivElement>(pages, PAGE);
  const { results, status } = pages;
  const [on] = useState(today);
  const nothingYet = results.length === 0;

  if (nothingYet && status !== "Exhausted") return <ProjectsSkeleton rows={4} />;
  if (nothingYet) {
    return (
      <Notice
        role="status"
        icon={<IconCircleCheck size={26} stroke={1.6} aria-hidden />}
        title={narrowed ? "Nothing fits these filters" : "Nothing is waiting"}
        actions={narrowed && <PlainButton onClick={onShowAll}>Show everything</PlainButton>}
      >
        {narrowed
          ? "Other permits may be waiting."
          : "Permits and interconnections that you add on a project’s page appear here until they are approved."}
      </Notice>
    );
  }
  return (
    <>
      <ul className={classes.rows} aria-label="Waiting">
        {results.map((permit) => (
          <WaitingRow key={permit._id} permit={permit} on={on} />
        ))}
      </ul>
      <LoadMore {...pages} count={PAGE} endRef={endRef} />
    </>
  );
}

function WaitingRow({ permit, on }: { permit: Permit; on: string }) {
  const expected = expectedText(permit, on);
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <RowLink href={`/projects/${permit.projectId}#${"permits" satisfies EvidencePlace}`}>
          {permit.projectName}
        </RowLink>
        <span className={classes.sub}>
          <bdi>{permit.title}</bdi>
        </span>
      </div>
      <div className={classes.who}>
        <PermitStatusBadge rounds={permit.rounds} />
      </div>
      <div className={classes.state}>
        Waiting on <bdi>{waitingOnText(permit)}</bdi>
        {expected && <span className={classes.sub}>{expected}</span>}
      </div>
      <div className={classes.days}>
        {daysText(daysWaiting(permit, on))}
        <span>waiting</span>
      </div>
    </li>
  );
}
