import { Button } from "@mantine/core";
import type { PaginationStatus } from "convex/react";
import classes from "./Security.module.css";

/** The way to older entries, as long as there are some. */
export function LoadMore({ status, onMore }: { status: PaginationStatus; onMore: () => void }) {
  if (status !== "CanLoadMore" && status !== "LoadingMore") return null;
  return (
    <Button
      className={classes.older}
      variant="default"
      size="xs"
      loading={status === "LoadingMore"}
      onClick={onMore}
    >
      Show older
    </Button>
  );
}
