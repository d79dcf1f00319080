import { Table } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import type { ProjectSort } from "@/lib/projects";
import { directionOf, type ProjectsFilter } from "./projectsFilter";
import classes from "./ProjectsList.module.css";

type SortableHeadingProps = {
  sort: ProjectSort;
  label: string;
  figure: boolean;
  filter: ProjectsFilter;
  onSort: (change: Pick<ProjectsFilter, "sort" | "reversed">) => void;
};

/** A column's heading that orders the table by it; once more turns the order round. */
export function SortableHeading({ sort, label, figure, filter, onSort }: SortableHeadingProps) {
  // What is found comes with the best match first, in no column's order.
  const active = filter.q === null && filter.sort === sort;
  const ascending = directionOf(filter) === "asc";
  const Arrow = ascending ? IconArrowUp : IconArrowDown;
  return (
    <Table.Th
      className={figure ? classes.figure : undefined}
      aria-sort={active ? (ascending ? "ascending" : "descending") : undefined}
    >
      <button
        type="button"
        className={classes.sortable}
        disabled={filter.q !== null}
        onClick={() => onSort({ sort, reversed: active && !filter.reversed })}
      >
        {label}
        {active && <Arrow size={13} aria-hidden />}
      </button>
    </Table.Th>
  );
}
