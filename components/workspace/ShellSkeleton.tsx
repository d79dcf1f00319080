import { Skeleton } from "@mantine/core";
import { Logo } from "@/components/ui/Logo";
import classes from "./ShellSkeleton.module.css";

/** The workspace's outline while the member is being looked up: same places, nothing moves after. */
export function ShellSkeleton() {
  return (
    <div className={classes.frame} role="status" aria-label="Loading your workspace">
      <div className={classes.sidebar}>
        <Logo tone="night" />
      </div>
      <div className={classes.content}>
        <Skeleton height={34} width={240} mb={12} />
        <Skeleton height={18} width={320} maw="100%" mb={32} />
        <Skeleton height={180} radius="lg" mb={20} />
        <Skeleton height={240} radius="lg" />
      </div>
    </div>
  );
}
