import { Table } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import classes from "./SortHeading.module.css";

type SortHeadingProps = {
  label: string;
  /** The order that the table is in by this column, if it is. */
  order: "ascending" | "descending" | undefined;
  onSort: () => void;
  disabled?: boolean;
  className?: string | undefined;
};

/** A column's heading that orders the table by it. */
export function SortHeading({ label, order, onSort, disabled, className }: SortHeadingProps) {
  const Arrow = order === "ascending" ? IconArrowUp : IconArrowDown;
  return (
    <Table.Th className={className} aria-sort={order}>
      <button type="button" className={classes.sort} disabled={disabled} onClick={onSort}>
        {label}
        {order && <Arrow size={13} aria-hidden />}
      </button>
    </Table.Th>
  );
}
