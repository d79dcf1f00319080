"use client";

import { IconArchive, IconBuilding, IconBuildingCommunity } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { Notice } from "@/components/ui/Notice";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { RowLink } from "@/components/ui/RowLink";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { ORGANIZATION_KIND_NAMES } from "@/lib/contacts";
import classes from "./Contacts.module.css";
import { PagedList } from "./PagedList";

const PAGE = 25;

type Row = FunctionReturnType<typeof api.organizations.list>["page"][number];

/** The organizations by name, page by page. */
export function Organizations({ archived }: { archived: boolean }) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.organizations.list,
    { archived },
    { initialNumItems: PAGE },
  );
  if (status === "LoadingFirstPage") return <ProjectsSkeleton />;
  if (results.length > 0) {
    return (
      <PagedList rows={results} status={status} loadMore={loadMore}>
        {(organization) => <Organization organization={organization} />}
      </PagedList>
    );
  }
  return archived ? (
    <Notice icon={<IconArchive size={26} stroke={1.6} aria-hidden />} title="Nothing is archived">
      An archived organization leaves the lists and keeps everything; it can be restored.
    </Notice>
  ) : (
    <Notice
      icon={<IconBuildingCommunity size={26} stroke={1.6} aria-hidden />}
      title="No organizations yet"
    >
      Homeowner associations, builders, property managers and financiers, with their people and
      projects in one place.
    </Notice>
  );
}

/** The organizations whose name fits the words. */
export function FoundOrganizations({ text }: { text: string }) {
  const found = useLiveQuery(api.organizations.search, { text });
  if (found.status === "loading") return <ProjectsSkeleton rows={3} />;
  if (found.status === "error") return <ErrorNotice error={found.error} />;
  if (found.data.length > 0) {
    return (
      <PagedList rows={found.data}>
        {(organization) => <Organization organization={organization} />}
      </PagedList>
    );
  }
  return (
    <Notice
      role="status"
      icon={<IconBuilding size={26} stroke={1.6} aria-hidden />}
      title="No organization found"
    >
      No word of any name begins with “{text}”. Archived ones are not searched.
    </Notice>
  );
}

function Organization({ organization }: { organization: Row }) {
  return (
    <>
      <div className={classes.who}>
        <RowLink href={`/contacts/organizations/${organization._id}`}>{organization.name}</RowLink>
        <span className={classes.sub}>{ORGANIZATION_KIND_NAMES[organization.kind]}</span>
      </div>
      <div className={classes.reach}>
        <bdi>{organization.phone}</bdi>
        <bdi className={classes.sub}>{organization.address}</bdi>
      </div>
    </>
  );
}
