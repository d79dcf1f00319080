"use client";

import { IconUserSearch } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { useState } from "react";
import { ProjectsSkeleton } from "@/components/projects/ProjectsSkeleton";
import { LoadMore } from "@/components/ui/LoadMore";
import { Notice } from "@/components/ui/Notice";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { SearchField } from "@/components/ui/SearchField";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { MemberRows } from "./MemberRows";
import classes from "./Team.module.css";

const PAGE = 25;

/** From so many people on there is a search field. */
const SEARCH_FROM = 8;

/** The people of the company, page by page; when they are many, with a search. */
export function MemberDirectory() {
  const [text, setText] = useState("");
  const { results, status, loadMore } = usePaginatedQuery(
    api.members.list,
    {},
    { initialNumItems: PAGE },
  );
  if (status === "LoadingFirstPage") return <ProjectsSkeleton rows={3} />;
  const many = status !== "Exhausted" || results.length >= SEARCH_FROM;
  return (
    <>
      {many && (
        <div className={classes.search}>
          <SearchField
            label="Search people"
            placeholder="Search by name or e-mail"
            value={text}
            onSearch={setText}
          />
        </div>
      )}
      {text === "" ? (
        <>
          <MemberRows members={results} />
          <LoadMore status={status} loadMore={loadMore} count={PAGE} />
        </>
      ) : (
        <Found text={text} />
      )}
    </>
  );
}

function Found({ text }: { text: string }) {
  const found = useLiveQuery(api.members.search, { text });
  if (found.status === "loading") return <ProjectsSkeleton rows={2} />;
  if (found.status === "error") return <ErrorNotice error={found.error} />;
  if (found.data.length > 0) return <MemberRows members={found.data} />;
  return (
    <Notice
      role="status"
      icon={<IconUserSearch size={26} stroke={1.6} aria-hidden />}
      title="Nobody found"
    >
      No name and no e-mail address contains “{text}”.
    </Notice>
  );
}
