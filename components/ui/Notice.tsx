import type { ReactNode } from "react";
import classes from "./Notice.module.css";

type NoticeProps = {
  icon?: ReactNode;
  title: string;
  /** The heading's level; 1 when the notice is the page. */
  order?: 1 | 2 | 3;
  children?: ReactNode;
  /** Buttons or links: what to do next. */
  actions?: ReactNode;
  role?: "alert" | "status";
};

/** A centred message in place of content: nothing here yet, not found, something failed. */
export function Notice({ icon, title, order = 2, children, actions, role }: NoticeProps) {
  const Heading = `h${order}` as const;
  return (
    <div className={classes.notice} role={role}>
      {icon && <div className={classes.icon}>{icon}</div>}
      <Heading className={classes.title}>{title}</Heading>
      {children && <div className={classes.text}>{children}</div>}
      {actions && <div className={classes.actions}>{actions}</div>}
    </div>
  );
}
