import type { ReactNode } from "react";
import classes from "./RowCards.module.css";

/** A list where there is no room for a table: one card each, which a RowLink in it opens. */
export function RowCards({ children }: { children: ReactNode }) {
  return <ul className={classes.cards}>{children}</ul>;
}

type RowCardProps = {
  /** The name, and what stands below it in small. */
  words: ReactNode;
  /** Where it stands, beside the name. */
  badge?: ReactNode;
  /** Some short facts in a row. */
  facts?: ReactNode;
  children?: ReactNode;
};

export function RowCard({ words, badge, facts, children }: RowCardProps) {
  return (
    <li>
      <div className={classes.top}>
        <div className={classes.words}>{words}</div>
        {badge}
      </div>
      {facts && <div className={classes.facts}>{facts}</div>}
      {children}
    </li>
  );
}
