"use client";

import { Button, SegmentedControl } from "@mantine/core";
import { IconArrowLeft, IconBuildingBank, IconPlus, IconSearch } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import dynamic from "next/dynamic";
import { usePathname, useSearchParams } from "next/navigation";
import { useState } from "react";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { AnchorLink } from "@/components/ui/links";
import { LoadMore } from "@/components/ui/LoadMore";
import { Notice } from "@/components/ui/Notice";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice, QueryBoundary } from "@/components/ui/QueryBoundary";
import { SearchField } from "@/components/ui/SearchField";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { api } from "@/convex/_generated/api";
import { AUTHORITY_KINDS, type AuthorityKind } from "@/lib/authorities";
import classes from "./Authorities.module.css";
import { AuthorityRow } from "./AuthorityRow";
import type { Authority } from "./types";

const AuthorityDialog = dynamic(() => import("./AuthorityDialog").then((m) => m.AuthorityDialog));

const PAGE = 25;

/** The company's directory of AHJs and utilities. */
export function Authorities() {
  return (
    <RequirePermission permission="projects.read">
      <AnchorLink href="/permits" size="sm" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden />
        Permits
      </AnchorLink>
      <Directory />
    </RequirePermission>
  );
}

function Directory() {
  const { can } = useMember();
  const pathname = usePathname();
  const search = useSearchParams();
  const kind = AUTHORITY_KINDS.find((each) => each === search.get("kind"));
  const archived = search.get("archived") === "1";
  const [text, setText] = useState("");
  const [editing, setEditing] = useState<Authority | "new" | null>(null);

  const show = (next: { kind?: AuthorityKind; archived: boolean }) => {
    const query = new URLSearchParams();
    if (next.kind) query.set("kind", next.kind);
    if (next.archived) query.set("archived", "1");
    window.history.pushState(null, "", query.size === 0 ? pathname : `${pathname}?${query}`);
  };

  const onEdit = can("projects.write") ? setEditing : undefined;
  return (
    <>
      <PageHeader
        title="AHJs and utilities"
        description="Who decides on your jobs’ papers, how to reach them, and how long they take."
        actions={
          can("projects.write") && (
            <Button
              leftSection={<IconPlus size={18} stroke={2} aria-hidden />}
              onClick={() => setEditing("new")}
            >
              Add
            </Button>
          )
        }
      />
      <div className={classes.bar}>
        {!archived && (
          <SearchField
            className={classes.search}
            label="Search the directory"
            placeholder="Search by name"
            value={text}
            onSearch={setText}
          />
        )}
        <SegmentedControl
          aria-label="Kind"
          value={kind ?? ""}
          data={[
            { value: "", label: "All" },
            { value: "ahj", label: "AHJs" },
            { value: "utility", label: "Utilities" },
          ]}
          onChange={(value) => show({ kind: (value || undefined) as AuthorityKind, archived })}
        />
        <SegmentedControl
          aria-label="In use or archived"
          value={archived ? "archived" : "active"}
          data={[
            { value: "active", label: "In use" },
            { value: "archived", label: "Archived" },
          ]}
          onChange={(value) => show({ kind, archived: value === "archived" })}
        />
      </div>
      <Panel flush>
        <QueryBoundary resetKey={`${kind} ${archived} ${text}`}>
          {text === "" || archived ? (
            <Listed kind={kind} archived={archived} onEdit={onEdit} />
          ) : (
            <Found text={text} kind={kind} onEdit={onEdit} />
          )}
        </QueryBoundary>
      </Panel>
      {editing && (
        <AuthorityDialog
          key={editing === "new" ? "new" : editing._id}
          kind={editing === "new" ? (kind ?? "ahj") : editing.kind}
          authority={editing === "new" ? undefined : editing}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}

type RowsProps = {
  kind: AuthorityKind | undefined;
  onEdit: ((authority: Authority) => void) | undefined;
};

function Listed({ kind, archived, onEdit }: RowsProps & { archived: boolean }) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.authorities.list,
    { kind, archived },
    { initialNumItems: PAGE },
  );
  if (status === "LoadingFirstPage") return <ProjectsSkeleton rows={4} />;
  if (results.length === 0) {
    return (
      <Notice
        icon={<IconBuildingBank size={26} stroke={1.6} aria-hidden />}
        title={archived ? "Nothing is archived" : "Nobody here yet"}
      >
        {archived
          ? "An authority that you take out of the directory goes here."
          : "Add the building departments and utilities that you work with. With every approval that you record, Sunup learns how long each of them takes."}
      </Notice>
    );
  }
  return (
    <>
      <Rows authorities={results} onEdit={onEdit} />
      <LoadMore status={status} loadMore={loadMore} count={PAGE} />
    </>
  );
}

function Found({ text, kind, onEdit }: RowsProps & { text: string }) {
  const found = useLiveQuery(api.authorities.search, { text, kind });
  if (found.status === "loading") return <ProjectsSkeleton rows={2} />;
  if (found.status === "error") return <ErrorNotice error={found.error} />;
  if (found.data.length > 0) return <Rows authorities={found.data} onEdit={onEdit} />;
  return (
    <Notice
      role="status"
      icon={<IconSearch size={26} stroke={1.6} aria-hidden />}
      title="Nobody found"
    >
      No name in your directory has “{text}” in it.
    </Notice>
  );
}

function Rows({ authorities, onEdit }: { authorities: Authority[] } & Pick<RowsProps, "onEdit">) {
  return (
    <ul className={classes.rows} aria-label="AHJs and utilities">
      {authorities.map((authority) => (
        <AuthorityRow key={authority._id} authority={authority} onEdit={onEdit} />
      ))}
    </ul>
  );
}
