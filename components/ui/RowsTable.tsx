import { Table, type TableProps } from "@mantine/core";
import classes from "./RowsTable.module.css";

/** A list at the desk: one row each, which a RowLink in it opens. */
export function RowsTable(props: TableProps) {
  return (
    <Table
      className={classes.table}
      highlightOnHover
      highlightOnHoverColor="var(--sunup-hover)"
      borderColor="var(--sunup-line)"
      horizontalSpacing="lg"
      verticalSpacing="sm"
      {...props}
    />
  );
}
