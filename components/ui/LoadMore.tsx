import { Button, type ButtonProps } from "@mantine/core";
import type { UsePaginatedQueryResult } from "convex/react";
import type { Ref } from "react";
import classes from "./LoadMore.module.css";

type Pages = Pick<UsePaginatedQueryResult<unknown>, "status" | "loadMore"> & {
  /** How many the next page holds. */
  count: number;
};

/** The button for the next page of a list; nothing when there is none. */
export function MoreButton(props: Pages & ButtonProps) {
  const { status, loadMore, count, children = "Load more", ...button } = props;
  if (status !== "CanLoadMore" && status !== "LoadingMore") return null;
  return (
    <Button
      variant="default"
      {...button}
      loading={status === "LoadingMore"}
      onClick={() => loadMore(count)}
    >
      {children}
    </Button>
  );
}

/** The end of a list that fills its page, with the button for the next page. */
export function LoadMore({ endRef, ...pages }: Pages & { endRef?: Ref<HTMLDivElement> }) {
  if (pages.status === "Exhausted") return null;
  return (
    <div ref={endRef} className={classes.end}>
      <MoreButton {...pages} />
    </div>
  );
}
