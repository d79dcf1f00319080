"use client";

import { Button } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { MemberRow } from "./MemberRow";
import classes from "./Team.module.css";

const PAGE = 25;

/** Who works in this company, and in which roles. */
export function Team() {
  const { tenant } = useMember();
  return (
    <>
      <PageHeader
        title="Team"
        description={
          <>
            Everybody with access to <bdi>{tenant.name}</bdi>, and what they may do.
          </>
        }
      />
      <Panel flush>
        <QueryBoundary>
          <MemberList />
        </QueryBoundary>
      </Panel>
    </>
  );
}

function MemberList() {
  const { member } = useMember();
  const { results, status, loadMore } = usePaginatedQuery(
    api.members.list,
    {},
    { initialNumItems: PAGE },
  );
  if (status === "LoadingFirstPage") return <ProjectsSkeleton rows={3} />;
  return (
    <>
      <ul className={classes.members}>
        {results.map((each) => (
          <MemberRow key={each._id} member={each} isYou={each._id === member._id} />
        ))}
      </ul>
      {status !== "Exhausted" && (
        <div className={classes.more}>
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
