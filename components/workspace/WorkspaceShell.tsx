"use client";

import { IconMenu2, IconX } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { Bell } from "@/components/notifications/Bell";
import { useInbox } from "@/components/notifications/useInbox";
import { SearchButton } from "@/components/search/SearchButton";
import { useCommandPalette } from "@/components/search/useCommandPalette";
import { Logo } from "@/components/ui/Logo";
import { CompanyLogo } from "./CompanyLogo";
import { ClosingBanner } from "./ClosingBanner";
import { LazyUserMenu } from "./LazyUserMenu";
import { useMember } from "./MemberContext";
import { NAVIGATION, openAddress, pagesFor } from "./navigation";
import { PastDueBanner } from "./PastDueBanner";
import { TenantName } from "./TenantName";
import { usePresence } from "./usePresence";
import { useScrollLockNonce } from "./useScrollLockNonce";
import classes from "./WorkspaceShell.module.css";

const ADDRESSES = NAVIGATION.map(({ href }) => href);

/** Sidebar, a top bar on the phone, and the page. Plain CSS: every page of the workspace loads it. */
export function WorkspaceShell({ children }: { children: ReactNode }) {
  const pathname = usePathname();
  // The menu belongs to the page it was opened on, so a chosen page closes it.
  const [openedOn, setOpenedOn] = useState<string | null>(null);
  const opened = openedOn === pathname;
  const current = openAddress(ADDRESSES, pathname);
  const opener = useRef<HTMLButtonElement>(null);
  const closer = useRef<HTMLButtonElement>(null);
  const inbox = useInbox();
  const { can } = useMember();
  const search = useCommandPalette();
  useScrollLockNonce();
  usePresence();

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
        <Link href="/dashboard" className={classes.home}>
          <Logo tone="night" size={26} />
        </Link>
        <span className={classes.tools}>
          <SearchButton compact onOpen={search.open} onReach={search.fetchAhead} />
          <Bell onOpen={inbox.open} onPointerEnter={inbox.fetchAhead} />
          <CompanyLogo size={32} />
        </span>
      </nav>
      <aside
        id="sidebar"
        aria-label="Sidebar"
        className={classes.sidebar}
        onKeyDown={closeOnEscape}
      >
        <div className={classes.brand}>
          <Link href="/dashboard" className={classes.home}>
            <Logo tone="night" />
          </Link>
          <Bell
            className={classes.desktopBell}
            onOpen={inbox.open}
            onPointerEnter={inbox.fetchAhead}
          />
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
        <TenantName />
        <SearchButton onOpen={search.open} onReach={search.fetchAhead} />
        <nav aria-label="Main" className={classes.nav}>
          {pagesFor(can).map(({ href, label, icon: Icon }) => (
            <Link
              key={href}
              href={href}
              className={classes.link}
              aria-current={href === current ? "page" : undefined}
              onClick={close}
            >
              <Icon size={20} stroke={1.7} aria-hidden />
              {label}
            </Link>
          ))}
        </nav>
        <LazyUserMenu />
      </aside>
      <main id="content" tabIndex={-1} className={classes.main}>
        <ClosingBanner />
        <PastDueBanner />
        <div className={classes.page}>{children}</div>
      </main>
      {inbox.drawer}
      {search.palette}
    </div>
  );
}
