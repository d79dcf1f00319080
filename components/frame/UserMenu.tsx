"use client";

import { useClerk } from "@clerk/nextjs";
import { Menu } from "@mantine/core";
import { IconLogout, IconUserCircle } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { ColorSchemeItems } from "./ColorSchemeItems";
import { type Person, UserButton } from "./UserButton";
import { HoverPrefetchLink } from "@/components/ui/HoverPrefetchLink";

/** The person's own corner: account, colour scheme, sign out. Open from the start: it was asked for. */
export function UserMenu({ person }: { person: Person }) {
  const { signOut } = useClerk();
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  // The button takes the focus before the menu does, so that closing gives it back.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      button.current?.focus();
      setOpened(true);
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <Menu
      opened={opened}
      onChange={setOpened}
      position="top-start"
      width={220}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <UserButton ref={button} person={person} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component={HoverPrefetchLink}
          href="/account"
          leftSection={<IconUserCircle size={17} stroke={1.7} aria-hidden />}
        >
          Account
        </Menu.Item>
        <Menu.Divider />
        <ColorSchemeItems />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconLogout size={17} stroke={1.7} aria-hidden />}
          onClick={() => void signOut({ redirectUrl: "/" })}
        >
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
