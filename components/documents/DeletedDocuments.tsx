"use client";

import { Skeleton } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { MoreButton } from "@/components/ui/LoadMore";
import { Notice } from "@/components/ui/Notice";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { api } from "@/convex/_generated/api";
import { RESTORABLE_DAYS } from "@/lib/documents";
import { DeletedRow } from "./DeletedRow";
import classes from "./Documents.module.css";

const PAGE = 25;

/** The company's deleted documents, for as long as they can be brought back. */
export function DeletedDocuments() {
  return (
    <RequirePermission permission="projects.write" ownPeople>
      <PageHeader
        title="Recently deleted"
        description={`Documents of all projects. Each can be restored for ${RESTORABLE_DAYS} days, then it is removed for good.`}
      />
      <Panel flush>
        <QueryBoundary>
          <DeletedList />
        </QueryBoundary>
      </Panel>
    </RequirePermission>
  );
}

function DeletedList() {
  const { results, status, loadMore } = usePaginatedQuery(
    api.documents.recentlyDeleted,
    {},
    { initialNumItems: PAGE },
  );
  if (status === "LoadingFirstPage") {
    return <Skeleton height={160} m="lg" radius="md" aria-label="Loading the documents" />;
  }
  if (results.length === 0) {
    return (
      <Notice
        role="status"
        icon={<IconTrash size={26} stroke={1.6} aria-hidden />}
        title="Nothing was deleted"
      >
        Documents that somebody deletes wait here for {RESTORABLE_DAYS} days.
      </Notice>
    );
  }
  return (
    <>
      <ul className={classes.deleted} aria-label="Deleted documents">
        {results.map((document) => (
          <DeletedRow key={document._id} document={document} />
        ))}
      </ul>
      <MoreButton status={status} loadMore={loadMore} count={PAGE} m="lg">
        Load more
      </MoreButton>
    </>
  );
}
