import { useId, type ReactNode } from "react";
import classes from "./Panel.module.css";

type PanelProps = {
  title?: string;
  /** A link or button at the right of the title. */
  aside?: ReactNode;
  /** Content touches the panel's edges: tables and lists bring their own padding. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
};

/** A bordered surface with an optional title: the workspace's one kind of card. */
export function Panel({ title, aside, flush = false, className, children }: PanelProps) {
  const titleId = useId();
  return (
    <section
      className={className ? `${classes.panel} ${className}` : classes.panel}
      aria-labelledby={title ? titleId : undefined}
    >
      {title && (
        <div className={classes.head}>
          <h2 id={titleId} className={classes.title}>
            {title}
          </h2>
          {aside}
        </div>
      )}
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  );
}
