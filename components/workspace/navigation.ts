import {
  IconAddressBook,
  IconChecklist,
  IconFileCertificate,
  IconHome,
  IconRulerMeasure,
  IconSettings,
  IconSolarPanel,
  IconUserCircle,
  IconUserPlus,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { FramePage } from "@/components/frame/AppFrame";
import type { Permission } from "@/lib/roles";

/** A page of the sidebar, for everybody or for those with the permission. */
export type NavigationEntry = FramePage & { permission?: Permission };

/** The sidebar's pages, in order. */
export const NAVIGATION: readonly NavigationEntry[] = [
  { href: "/dashboard", label: "Dashboard", icon: IconHome },
  { href: "/leads", label: "Leads", icon: IconUserPlus, permission: "leads.read" },
  { href: "/projects", label: "Projects", icon: IconSolarPanel, permission: "projects.read" },
  { href: "/tasks", label: "Tasks", icon: IconChecklist, permission: "projects.read" },
  { href: "/surveys", label: "Surveys", icon: IconRulerMeasure, permission: "projects.read" },
  { href: "/permits", label: "Permits", icon: IconFileCertificate, permission: "projects.read" },
  { href: "/contacts", label: "Contacts", icon: IconAddressBook, permission: "contacts.read" },
  { href: "/settings/team", label: "Team", icon: IconUsersGroup, permission: "team.read" },
  { href: "/settings", label: "Settings", icon: IconSettings },
  { href: "/account", label: "Account", icon: IconUserCircle },
];

/** The pages of the sidebar that somebody with these rights sees. */
export function pagesFor(can: (permission: Permission) => boolean): NavigationEntry[] {
  return NAVIGATION.filter(({ permission }) => permission === undefined || can(permission));
}
