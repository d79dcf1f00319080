"use client";

import { IconCopyCheck } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { AnchorLink } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { api } from "@/convex/_generated/api";
import classes from "./Contacts.module.css";
import { PagedList } from "./PagedList";

const PAGE = 25;

/** People who share an e-mail address or telephone number, to look at and merge. */
export function Duplicates() {
  const { results, status, loadMore } = usePaginatedQuery(
    api.contacts.duplicates,
    {},
    { initialNumItems: PAGE },
  );
  if (status === "LoadingFirstPage") return <ProjectsSkeleton rows={3} />;
  if (results.length === 0) {
    return (
      <Notice
        icon={<IconCopyCheck size={26} stroke={1.6} aria-hidden />}
        title="No possible duplicates"
      >
        When two people share an e-mail address or telephone number, they appear here.
      </Notice>
    );
  }
  return (
    <PagedList rows={results} status={status} loadMore={loadMore}>
      {({ by, key, people }) => (
        <div className={classes.who}>
          <strong>
            {by === "email" ? "Same e-mail" : "Same telephone"}: <bdi>{key}</bdi>
          </strong>
          <span className={classes.shared}>
            {people.map(({ contactId, name }) => (
              <AnchorLink key={contactId} href={`/contacts/${contactId}`} size="sm">
                <bdi>{name}</bdi>
              </AnchorLink>
            ))}
          </span>
        </div>
      )}
    </PagedList>
  );
}
