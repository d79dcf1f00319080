import type { ReactNode } from "react";
import { HoverPrefetchLink } from "./HoverPrefetchLink";
import classes from "./RowLink.module.css";

/**
 * The name in a row of a list, as the link to its page. It covers its row (any ancestor with
 * `position: relative`), so the whole row is one target and one tab stop.
 */
export function RowLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <HoverPrefetchLink href={href} className={classes.link}>
      <bdi>{children}</bdi>
    </HoverPrefetchLink>
  );
}
