"use client";

import { useClerk } from "@clerk/nextjs";
import { Menu, UnstyledButton } from "@mantine/core";
import { IconLogout, IconSelector, IconUserCircle } from "@tabler/icons-react";
import Link from "next/link";
import { ColorSchemeItems } from "./ColorSchemeItems";
import { useMember } from "./MemberContext";
import classes from "./UserMenu.module.css";

/** The member's own corner: account, colour scheme, sign out. */
export function UserMenu() {
  const { member } = useMember();
  const { signOut } = useClerk();
  return (
    <Menu position="top-start" width={220} withinPortal>
      <Menu.Target>
        <UnstyledButton className={classes.button}>
          <span className={classes.initials} aria-hidden="true">
            {initials(member.name)}
          </span>
          <span className={classes.who}>
            <span className={classes.name} dir="auto">
              {member.name}
            </span>
            <span className={classes.email}>{member.email}</span>
          </span>
          <IconSelector size={16} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          component={Link}
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

/** The first letters of the first and last word, whole code points so that no script is cut. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? "";
  const last = words.length > 1 ? (words[words.length - 1] ?? "") : "";
  return [first, last].map((word) => [...word][0] ?? "").join("");
}
