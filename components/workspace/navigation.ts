import { IconHome, IconSolarPanel, IconUserCircle, IconUsersGroup } from "@tabler/icons-react";

/** The sidebar's pages, in order. */
export const NAVIGATION = [
  { href: "/dashboard", label: "Dashboard", icon: IconHome },
  { href: "/projects", label: "Projects", icon: IconSolarPanel },
  { href: "/settings/team", label: "Team", icon: IconUsersGroup },
  { href: "/account", label: "Account", icon: IconUserCircle },
] as const;

/** Whether a page or one under it is open: "/projects/x" belongs to "/projects", "/projectsheet" does not. */
export function isOpen(href: string, pathname: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
