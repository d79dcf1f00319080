import type { Permission } from "@/lib/roles";

/** The pages under /settings, in order, each with whom it is for. */
export const SETTINGS_TABS: readonly {
  href: string;
  label: string;
  permission: Permission | "member";
}[] = [
  { href: "/settings/company", label: "Company", permission: "settings.manage" },
  { href: "/settings/pipeline", label: "Pipeline", permission: "settings.manage" },
  { href: "/settings/team", label: "Team", permission: "team.read" },
  { href: "/settings/billing", label: "Billing", permission: "billing.manage" },
  { href: "/settings/notifications", label: "Notifications", permission: "member" },
  { href: "/settings/danger", label: "Danger zone", permission: "settings.manage" },
];
