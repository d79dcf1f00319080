import type { ReactNode } from "react";
import classes from "./PageHeader.module.css";

type PageHeaderProps = { title: ReactNode; description?: ReactNode; actions?: ReactNode };

/** The top of a workspace page: its one h1, a line under it, the page's main actions. */
export function PageHeader({ title, description, actions }: PageHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>{title}</h1>
        {description && <div className={classes.description}>{description}</div>}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
