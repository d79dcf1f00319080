"use client";

import { usePaginatedQuery } from "convex/react";
import { Panel } from "@/components/ui/Panel";
import { RowLink } from "@/components/ui/RowLink";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import classes from "./Contacts.module.css";
import { EmptyLine } from "./EmptyLine";
import { PagedList } from "./PagedList";

/** The people of an organization who are in the lists. */
export function PeopleOfOrganization(props: { organizationId: Id<"organizations"> }) {
  const { results, status, loadMore } = usePaginatedQuery(api.contactLinks.people, props, {
    initialNumItems: 10,
  });
  return (
    <Panel title="People" flush>
      {results.length === 0 ? (
        <EmptyLine loading={status === "LoadingFirstPage"}>
          Nobody yet. Choose this organization on a person’s page.
        </EmptyLine>
      ) : (
        <PagedList rows={results} status={status} loadMore={loadMore}>
          {(person) => (
            <div className={classes.who}>
              <RowLink href={`/contacts/${person._id}`}>{person.name}</RowLink>
              <span className={classes.sub}>
                <bdi>{person.email || person.phone}</bdi>
              </span>
            </div>
          )}
        </PagedList>
      )}
    </Panel>
  );
}
