import type { TenantFlag, TenantSort } from "@/lib/tenantSummaries";
import type { TenantStatus } from "@/lib/tenantStatus";

/** A company's status as staff read it. */
export const TENANT_STATUS_NAMES: Record<TenantStatus, string> = {
  active: "Active",
  pastDue: "Payment overdue",
  suspended: "Suspended",
  closing: "Closing",
  closed: "Closed",
};

/** What staff should know of a company at a glance. */
export const FLAG_NAMES: Record<TenantFlag, string> = {
  overLimit: "Over a limit",
  withoutAdministrator: "No administrator",
  overridden: "Plan or limits set by us",
  trialEnding: "Trial ends in 7 days",
};

export const SORT_NAMES: Record<TenantSort, string> = {
  created: "Signed up",
  name: "Name",
  activity: "Last active",
  usage: "Fullest limit",
  revenue: "Pays a month",
};
