import { Skeleton } from "@mantine/core";
import classes from "./ProjectView.module.css";

/** A project's page while it loads. */
export function ProjectSkeleton() {
  return (
    <div role="status" aria-label="Loading the project" className={classes.stack}>
      <div>
        <Skeleton height={34} width={280} maw="100%" mb={12} />
        <Skeleton height={20} width={180} />
      </div>
      <Skeleton height={120} radius="lg" />
      <div className={classes.columns}>
        <Skeleton height={190} radius="lg" />
        <Skeleton height={190} radius="lg" />
      </div>
    </div>
  );
}
