"use client";

import { AppShell, Burger } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, type ReactNode } from "react";
import { Logo } from "@/components/ui/Logo";
import { isOpen, NAVIGATION } from "./navigation";
import { TenantName } from "./TenantName";
import { UserMenu } from "./UserMenu";
import { useScrollLockNonce } from "./useScrollLockNonce";
import classes from "./WorkspaceShell.module.css";

/** Sidebar, a top bar on the phone, and the page. */
export function WorkspaceShell({ children }: { children: ReactNode }) {
  const [opened, { toggle, close }] = useDisclosure(false);
  const pathname = usePathname();
  useScrollLockNonce();
  // A chosen page closes the phone's menu.
  useEffect(() => close(), [pathname, close]);

  return (
    <>
      <a className={classes.skip} href="#content">
        Skip to content
      </a>
      <AppShell
        layout="alt"
        header={{ height: { base: 56, sm: 0 } }}
        navbar={{ width: 248, breakpoint: "sm", collapsed: { mobile: !opened } }}
      >
        <AppShell.Header className={classes.header} hiddenFrom="sm" withBorder={false}>
          <Burger
            opened={opened}
            onClick={toggle}
            size="sm"
            color="currentColor"
            aria-label={opened ? "Close menu" : "Open menu"}
            aria-expanded={opened}
            aria-controls="sidebar"
          />
          <Link href="/dashboard" className={classes.home}>
            <Logo tone="night" size={26} />
          </Link>
        </AppShell.Header>
        <AppShell.Navbar id="sidebar" className={classes.sidebar} withBorder={false}>
          <div className={classes.brand}>
            <Link href="/dashboard" className={classes.home}>
              <Logo tone="night" />
            </Link>
            <Burger
              opened
              onClick={close}
              size="sm"
              color="currentColor"
              hiddenFrom="sm"
              aria-label="Close menu"
            />
          </div>
          <TenantName />
          <nav aria-label="Main" className={classes.nav}>
            {NAVIGATION.map(({ href, label, icon: Icon }) => (
              <Link
                key={href}
                href={href}
                className={classes.link}
                aria-current={isOpen(href, pathname) ? "page" : undefined}
                onClick={close}
              >
                <Icon size={20} stroke={1.7} aria-hidden />
                {label}
              </Link>
            ))}
          </nav>
          <UserMenu />
        </AppShell.Navbar>
        <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
          <div className={classes.page}>{children}</div>
        </AppShell.Main>
      </AppShell>
    </>
  );
}
