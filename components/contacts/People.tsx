"use client";

import { IconAddressBook, IconArchive, IconUserSearch } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { Notice } from "@/components/ui/Notice";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { RowLink } from "@/components/ui/RowLink";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import classes from "./Contacts.module.css";
import { PagedList } from "./PagedList";
import type { ContactRow } from "./types";

const PAGE = 25;

/** The server names at most so many organizations at a time. */
const MAX_NAMES = 100;

/** The company's people by name, page by page. */
export function People({ archived }: { archived: boolean }) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.contacts.list,
    { archived },
    { initialNumItems: PAGE },
  );
  const nameOf = useOrganizationNames(results);
  if (status === "LoadingFirstPage") return <ProjectsSkeleton />;
  if (results.length === 0) return <NoPeople archived={archived} />;
  return (
    <PagedList rows={results} status={status} loadMore={loadMore}>
      {(contact) => <Person contact={contact} organization={nameOf(contact)} />}
    </PagedList>
  );
}

/** The people whose name, e-mail or telephone fits the words. */
export function FoundPeople({ text }: { text: string }) {
  const found = useLiveQuery(api.contacts.search, { text });
  const rows = found.status === "ready" ? found.data : [];
  const nameOf = useOrganizationNames(rows);
  if (found.status === "loading") return <ProjectsSkeleton rows={3} />;
  if (found.status === "error") return <ErrorNotice error={found.error} />;
  if (rows.length === 0) {
    return (
      <Notice
        role="status"
        icon={<IconUserSearch size={26} stroke={1.6} aria-hidden />}
        title="Nobody found"
      >
        No name, e-mail address or telephone number begins with “{text}”. Archived people are not
        searched.
      </Notice>
    );
  }
  return (
    <PagedList rows={rows}>
      {(contact) => <Person contact={contact} organization={nameOf(contact)} />}
    </PagedList>
  );
}

function Person({ contact, organization }: { contact: ContactRow; organization?: string }) {
  return (
    <>
      <div className={classes.who}>
        <RowLink href={`/contacts/${contact._id}`}>{contact.name}</RowLink>
        {(organization || contact.address) && (
          <span className={classes.sub}>
            <bdi>{organization ?? contact.address}</bdi>
          </span>
        )}
      </div>
      <div className={classes.reach}>
        <bdi>{contact.email}</bdi>
        <bdi className={classes.sub}>{contact.phone}</bdi>
      </div>
    </>
  );
}

function NoPeople({ archived }: { archived: boolean }) {
  if (archived) {
    return (
      <Notice icon={<IconArchive size={26} stroke={1.6} aria-hidden />} title="Nobody is archived">
        An archived person leaves the lists and keeps everything; they can be restored at any time.
      </Notice>
    );
  }
  return (
    <Notice icon={<IconAddressBook size={26} stroke={1.6} aria-hidden />} title="No contacts yet">
      People come here by themselves when a lead becomes a project. You can add others, too.
    </Notice>
  );
}

/** The names of the organizations that these people belong to. */
function useOrganizationNames(contacts: ContactRow[]) {
  const ids = [...new Set(contacts.flatMap(({ organizationId }) => organizationId ?? []))];
  const names = useLiveQuery(
    api.organizations.names,
    ids.length === 0 ? "skip" : { organizationIds: ids.slice(0, MAX_NAMES) },
  );
  const all = names.status === "ready" ? names.data : [];
  return ({ organizationId }: ContactRow) => all.find(({ _id }) => _id === organizationId)?.name;
}
