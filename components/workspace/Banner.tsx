import { IconAlertTriangle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./Banner.module.css";

type BannerProps = { children: ReactNode; action?: ReactNode };

/** What everybody of the company must know, over every page, and what to do about it. */
export function Banner({ children, action }: BannerProps) {
  return (
    <div className={classes.banner}>
      <IconAlertTriangle size={20} stroke={1.8} aria-hidden className={classes.icon} />
      <p className={classes.text}>{children}</p>
      {action}
    </div>
  );
}
