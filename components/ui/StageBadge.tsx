import type { StageCategory } from "@/lib/stages";
import classes from "./StageBadge.module.css";

type StageBadgeProps = { name: string; category: StageCategory };

/** A pipeline stage as a small coloured label. The name carries the meaning, the colour repeats it. */
export function StageBadge({ name, category }: StageBadgeProps) {
  return (
    <span className={classes.badge} data-stage-category={category}>
      <span className={classes.dot} aria-hidden="true" />
      <span className={classes.name}>{name}</span>
    </span>
  );
}
