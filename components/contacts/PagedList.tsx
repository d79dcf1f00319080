"use client";

import type { ReactNode } from "react";
import { LoadMore } from "@/components/ui/LoadMore";
import classes from "./Contacts.module.css";

const PAGE = 25;

type PagedListProps<Row> = {
  rows: Row[];
  /** As Convex's usePaginatedQuery answers; without it, this is all there is. */
  status?: "LoadingFirstPage" | "CanLoadMore" | "LoadingMore" | "Exhausted";
  loadMore?: (count: number) => void;
  children: (row: Row) => ReactNode;
};

/** Rows as a list, and the button for the next page. */
export function PagedList<Row extends { _id: string }>(props: PagedListProps<Row>) {
  const { rows, status = "Exhausted", loadMore, children } = props;
  return (
    <>
      <ul className={classes.list}>
        {rows.map((row) => (
          <li key={row._id}>{children(row)}</li>
        ))}
      </ul>
      {loadMore && <LoadMore status={status} loadMore={loadMore} count={PAGE} />}
    </>
  );
}
