"use client";

import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { HoverPrefetchLink } from "@/components/ui/HoverPrefetchLink";
import classes from "./SettingsTabs.module.css";
import { useSettingsTabs } from "./useSettingsTabs";

/** The settings' pages, as links: each has an address of its own. On the phone the row scrolls. */
export function SettingsTabs() {
  const pathname = usePathname();
  const tabs = useSettingsTabs();
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return (
    <nav aria-label="Settings" className={classes.tabs}>
      {tabs.map(({ href, label }) => (
        <HoverPrefetchLink
          key={href}
          ref={href === pathname ? current : undefined}
          href={href}
          className={classes.tab}
          aria-current={href === pathname ? "page" : undefined}
        >
          {label}
        </HoverPrefetchLink>
      ))}
    </nav>
  );
}
