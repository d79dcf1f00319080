import { Skeleton } from "@mantine/core";
import classes from "./ProjectsSkeleton.module.css";

/** The list while it loads: rows of the height that will come. */
export function ProjectsSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading projects">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={classes.row}>
          <div className={classes.words}>
            <Skeleton height={14} width="42%" mb={10} />
            <Skeleton height={11} width="24%" />
          </div>
          <Skeleton height={24} width={110} radius="xl" />
        </div>
      ))}
    </div>
  );
}
