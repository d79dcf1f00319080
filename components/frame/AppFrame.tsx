"use client";

import { type Icon, IconMenu2, IconX } from "@tabler/icons-react";
import { usePathname } from "next/navigation";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { HoverPrefetchLink } from "@/components/ui/HoverPrefetchLink";
import { Logo } from "@/components/ui/Logo";
import { LazyUserMenu } from "./LazyUserMenu";
import { openAddress } from "./openAddress";
import type { Person } from "./UserButton";
import { useScrollLockNonce } from "./useScrollLockNonce";
import classes from "./AppFrame.module.css";

/** A page of the sidebar. */
export type FramePage = { href: string; label: string; icon: Icon };

type AppFrameProps = {
  /** Where the logo leads. */
  home: string;
  pages: readonly FramePage[];
  /** All addresses of sidebars' pages, also those that this person does not see. */
  addresses: readonly string[];
  person: Person;
  /** At the right of the phone's top bar. */
  phoneTools?: ReactNode;
  /** Beside the sidebar's logo; the phone hides it. */
  bell?: ReactNode;
  /** Between the logo and the pages. */
  top?: ReactNode;
  /** Above every page. */
  banners?: ReactNode;
  children: ReactNode;
};

/** Sidebar, a top bar on the phone, and the page. Plain CSS: every page of the app loads it. */
export function AppFrame(props: AppFrameProps) {
  const { home, pages, addresses, person, phoneTools, bell, top, banners, children } = props;
  const pathname = usePathname();
  // The menu belongs to the page it was opened on, so a chosen page closes it.
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  const opened = openedOn === pathname;
  const current = openAddress(addresses, pathname);
  const opener = useRef<HTMLButtonElement>(null);
  const closer = useRef<HTMLButtonElement>(null);
  useScrollLockNonce();

  // Each button hides with its press, so the keyboard goes on at the other one.
  useEffect(() => {
    if (!opened) return;
    const back = opener.current;
    closer.current?.focus();
    return () => back?.focus();
  }, [opened]);

  const close = () => setOpenedOn(null);
  const closeOnEscape = (event: KeyboardEvent) => {
    if (event.key === "Escape" && opened && !event.defaultPrevented) close();
  };

  return (
    <div className={classes.frame} data-menu={opened ? "open" : "closed"}>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <nav aria-label="Menu" className={classes.header}>
        <button
          ref={opener}
          type="button"
          className={classes.toggle}
          aria-label="Open menu"
          aria-expanded={opened}
          aria-controls="sidebar"
          onClick={() => setOpenedOn(pathname)}
        >
          <IconMenu2 size={24} stroke={1.8} aria-hidden />
        </button>
        <HoverPrefetchLink href={home} className={classes.home}>
          <Logo tone="night" size={26} />
        </HoverPrefetchLink>
        <span className={classes.tools}>{phoneTools}</span>
      </nav>
      <aside
        id="sidebar"
        aria-label="Sidebar"
        className={classes.sidebar}
        onKeyDown={closeOnEscape}
      >
        <div className={classes.brand}>
          <HoverPrefetchLink href={home} className={classes.home}>
            <Logo tone="night" />
          </HoverPrefetchLink>
          {bell && <span className={classes.desktopBell}>{bell}</span>}
          <button
            ref={closer}
            type="button"
            className={`${classes.toggle} ${classes.close}`}
            aria-label="Close menu"
            onClick={close}
          >
            <IconX size={24} stroke={1.8} aria-hidden />
          </button>
        </div>
        {top}
        <nav aria-label="Main" className={classes.nav}>
          {pages.map(({ href, label, icon: PageIcon }) => (
            <HoverPrefetchLink
              key={href}
              href={href}
              className={classes.link}
              aria-current={href === current ? "page" : undefined}
              onClick={close}
            >
              <PageIcon size={20} stroke={1.7} aria-hidden />
              {label}
            </HoverPrefetchLink>
          ))}
        </nav>
        <LazyUserMenu person={person} />
      </aside>
      <main id="content" tabIndex={-1} className={classes.main}>
        {banners}
        <div className={classes.page}>{children}</div>
      </main>
    </div>
  );
}
