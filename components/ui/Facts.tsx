import type { ReactNode } from "react";
import classes from "./Facts.module.css";

type FactsProps = { items: { label: string; value: ReactNode }[] };

/** Labelled values; what is not known is a dash. */
export function Facts({ items }: FactsProps) {
  return (
    <dl className={classes.facts}>
      {items.map(({ label, value }) => (
        <div key={label} className={classes.fact}>
          <dt>{label}</dt>
          <dd>{value ?? "–"}</dd>
        </div>
      ))}
    </dl>
  );
}
