"use client";

import { Button } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import { IconCircleCheck } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import type { FunctionArgs } from "convex/server";
import Link from "next/link";
import { useEffect, useState } from "react";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { PlainButton } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
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
  const { results, status, loadMore } = usePaginatedQuery(api.permits.waiting, query, {
    initialNumItems: PAGE,
  });
  const [on] = useState(today);
  const { ref, entry } = useIntersection({ rootMargin: "300px" });
  const endInView = entry?.isIntersecting ?? false;
  // A page that several filters left empty has no end to scroll to: it loads the next one by itself.
  const nothingYet = results.length === 0;
  useEffect(() => {
    if ((endInView || nothingYet) && status === "CanLoadMore") loadMore(PAGE);
  }, [endInView, nothingYet, status, loadMore]);

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
      {status !== "Exhausted" && (
        <div ref={ref} className={classes.more}>
          <Button
            variant="default"
            loading={status === "LoadingMore"}
            onClick={() => loadMore(PAGE)}
          >
            Load more
          </Button>
        </div>
      )}
    </>
  );
}

function WaitingRow({ permit, on }: { permit: Permit; on: string }) {
  const expected = expectedText(permit, on);
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <Link
          href={`/projects/${permit.projectId}#${"permits" satisfies EvidencePlace}`}
          className={classes.name}
        >
          <bdi>{permit.projectName}</bdi>
        </Link>
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
