import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "@/components/ui/Logo";
import classes from "./PlainFrame.module.css";

/** A page with nothing but the logo above it. */
export function PlainFrame({ children }: { children: ReactNode }) {
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Link href="/" className={classes.home} aria-label="Sunup, home">
          <Logo />
        </Link>
      </header>
      <main>{children}</main>
    </div>
  );
}
