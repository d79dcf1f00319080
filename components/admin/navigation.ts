import {
  IconActivity,
  IconBuildingCommunity,
  IconCoin,
  IconFileCertificate,
  IconLayoutDashboard,
  IconShieldExclamation,
  IconUsersGroup,
} from "@tabler/icons-react";
import type { FramePage } from "@/components/frame/AppFrame";
import { type StaffLevel, staffMay } from "@/lib/staff";

/** A page of the console's sidebar, for staff of at least that level. */
export type ConsoleEntry = FramePage & { level: StaffLevel };

/** The console's pages, in order. */
export const CONSOLE: readonly ConsoleEntry[] = [
  { href: "/admin", label: "Overview", icon: IconLayoutDashboard, level: "support" },
  { href: "/admin/tenants", label: "Companies", icon: IconBuildingCommunity, level: "support" },
  { href: "/admin/security", label: "Security", icon: IconShieldExclamation, level: "support" },
  { href: "/admin/performance", label: "Performance", icon: IconActivity, level: "support" },
  { href: "/admin/erasures", label: "Erasures", icon: IconFileCertificate, level: "support" },
  { href: "/admin/costs", label: "Costs", icon: IconCoin, level: "support" },
  { href: "/admin/staff", label: "Staff", icon: IconUsersGroup, level: "owner" },
];

/** The pages that staff of this level see. */
export function consolePagesFor(own: StaffLevel): readonly ConsoleEntry[] {
  return CONSOLE.filter(({ level }) => staffMay(own, level));
}
