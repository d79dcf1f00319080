import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./Contacts.module.css";

/** A small list without rows: still loading, or empty for good. */
export function EmptyLine({ loading, children }: { loading: boolean; children: ReactNode }) {
  return (
    <p className={classes.empty}>
      {loading ? <Skeleton component="span" display="block" height={14} width="40%" /> : children}
    </p>
  );
}
