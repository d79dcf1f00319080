"use client";

import { useEffect, useRef, type ReactNode } from "react";
import classes from "./Anchored.module.css";

/**
 * A part of a page that links lead to ("#permits"), also when it is drawn after the page was
 * opened: then the browser has looked for it before it was there.
 */
export function Anchored({ id, children }: { id: string; children: ReactNode }) {
  const part = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const follow = () => {
      if (window.location.hash !== `#${id}`) return;
      part.current?.scrollIntoView({ block: "start" });
      part.current?.focus({ preventScroll: true });
    };
    follow();
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, [id]);
  return (
    <div id={id} ref={part} tabIndex={-1} className={classes.part}>
      {children}
    </div>
  );
}
