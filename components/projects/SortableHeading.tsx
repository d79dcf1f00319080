import { SortHeading } from "@/components/ui/SortHeading";
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
  const order = directionOf(filter) === "asc" ? "ascending" : "descending";
  return (
    <SortHeading
      label={label}
      order={active ? order : undefined}
      disabled={filter.q !== null}
      className={figure ? classes.figure : undefined}
      onSort={() => onSort({ sort, reversed: active && !filter.reversed })}
    />
  );
}
