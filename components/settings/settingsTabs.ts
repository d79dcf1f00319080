import type { Permission } from "@/lib/roles";

/** The pages under /settings, in order, each with whom it is for. */
export const SETTINGS_TABS: readonly {
  href: string;
  label: string;
  permission: Permission | "member";
  /** Closed to Sunup's staff, also while they help. */
  ownPeople?: true;
}[] = [
  { href: "/settings/company", label: "Company", permission: "settings.manage" },
  { href: "/settings/pipeline", label: "Pipeline", permission: "settings.manage" },
  { href: "/settings/team", label: "Team", permission: "team.read" },
  { href: "/settings/audit", label: "Audit trail", permission: "audit.read" },
  { href: "/settings/billing", label: "Billing", permission: "billing.manage" },
  {
    href: "/settings/notifications",
    label: "Notifications",
    permission: "member",
    ownPeople: true,
  },
  {
    href: "/settings/support",
    label: "Support access",
    permission: "settings.manage",
    ownPeople: true,
  },
  { href: "/settings/data", label: "Your data", permission: "archive.export", ownPeople: true },
  {
    href: "/settings/danger",
    label: "Danger zone",
    permission: "settings.manage",
    ownPeople: true,
  },
];
