import {
  IconHome,
  IconSettings,
  IconSolarPanel,
  IconUserCircle,
  IconUsersGroup,
} from "@tabler/icons-react";

/** The sidebar's pages, in order. */
export const NAVIGATION = [
  { href: "/dashboard", label: "Dashboard", icon: IconHome },
  { href: "/projects", label: "Projects", icon: IconSolarPanel },
  { href: "/settings/team", label: "Team", icon: IconUsersGroup },
  { href: "/settings", label: "Settings", icon: IconSettings },
  { href: "/account", label: "Account", icon: IconUserCircle },
] as const;

/**
 * Which of these addresses a page belongs to: "/projects/x" to "/projects", "/projectsheet" not.
 * The longest one counts: "/settings/team" is Team's, all else under "/settings" is Settings'.
 */
export function openAddress(hrefs: readonly string[], pathname: string): string | undefined {
  return hrefs
    .filter((href) => pathname === href || pathname.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0];
}
