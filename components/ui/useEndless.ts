import { useIntersection } from "@mantine/hooks";
import type { UsePaginatedQueryResult } from "convex/react";
import { useEffect } from "react";

/** How far from sight the end of a list loads the next page, in pixels. */
const AHEAD_PX = 300;

/**
 * Loads the next page of a list when its end comes near, and as long as nothing has been found: a
 * page that several filters left empty has no end to scroll to. Answers the ref of the list's end.
 */
export function useEndless<End extends HTMLElement>(
  { results, status, loadMore }: UsePaginatedQueryResult<unknown>,
  count: number,
) {
  const { ref, entry } = useIntersection<End>({ rootMargin: `${AHEAD_PX}px` });
  const wanted = results.length === 0 || (entry?.isIntersecting ?? false);
  useEffect(() => {
    if (wanted && status === "CanLoadMore") loadMore(count);
  }, [wanted, status, loadMore, count]);
  return ref;
}
