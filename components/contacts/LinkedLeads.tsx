"use client";

import { usePaginatedQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { Panel } from "@/components/ui/Panel";
import { RowLink } from "@/components/ui/RowLink";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { formatDate } from "@/lib/format";
import { LEAD_STATUS_NAMES } from "@/lib/leadStatus";
import classes from "./Contacts.module.css";
import { EmptyLine } from "./EmptyLine";
import { PagedList } from "./PagedList";

const PAGE = { initialNumItems: 10 };

/** The leads of a person. */
export function LeadsOfContact({ contactId }: { contactId: Id<"contacts"> }) {
  const pages = usePaginatedQuery(api.contactLinks.leadsOfContact, { contactId }, PAGE);
  return <LinkedLeads {...pages} />;
}

/** The leads of an organization's people. */
export function LeadsOfOrganization(props: { organizationId: Id<"organizations"> }) {
  const pages = usePaginatedQuery(api.contactLinks.leadsOfOrganization, props, PAGE);
  return <LinkedLeads {...pages} />;
}

type Row = FunctionReturnType<typeof api.contactLinks.leadsOfContact>["page"][number];
type Pages = Pick<
  ReturnType<typeof usePaginatedQuery<typeof api.contactLinks.leadsOfContact>>,
  "status" | "loadMore"
> & { results: Row[] };

function LinkedLeads({ results, status, loadMore }: Pages) {
  return (
    <Panel title="Leads" flush>
      {results.length === 0 ? (
        <EmptyLine loading={status === "LoadingFirstPage"}>No leads.</EmptyLine>
      ) : (
        <PagedList rows={results} status={status} loadMore={loadMore}>
          {(lead) => (
            <div className={classes.who}>
              <RowLink href={`/leads/${lead._id}`}>{lead.name}</RowLink>
              <span className={classes.sub}>
                {LEAD_STATUS_NAMES[lead.status]} · {formatDate(lead._creationTime)}
              </span>
            </div>
          )}
        </PagedList>
      )}
    </Panel>
  );
}
