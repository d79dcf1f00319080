"use client";

import { useConvex } from "convex/react";
import type { CsvRow } from "@/components/ui/csv";
import { ExportCsv } from "@/components/ui/ExportCsv";
import { api } from "@/convex/_generated/api";
import { PLANS } from "@/lib/plans";
import { flagsOf, usedOf } from "./tenantFacts";
import { FLAG_NAMES, TENANT_STATUS_NAMES } from "./tenantWords";
import type { TenantRow, TenantsQuery } from "./types";

/** Downloads the companies that are filtered. */
export function ExportTenants({ query }: { query: TenantsQuery }) {
  const convex = useConvex();
  return (
    <ExportCsv
      name="companies"
      words={["company", "companies"]}
      next={(paginationOpts) => convex.query(api.staff.tenants.list, { ...query, paginationOpts })}
      record={(count) => convex.mutation(api.staff.tenants.recordExport, { count })}
      rowsOf={rowsOf}
    />
  );
}

const HEADINGS = [
  ...["Id", "Company", "Address name", "Administrators", "Plan", "Status", "Trial ends", "Flags"],
  ...["People", "Projects", "Leads this month", "Bytes of files", "Fullest limit (%)"],
  ...["Pays a month (US$)", "Last active", "Signed up"],
];

function rowsOf(tenants: TenantRow[]): CsvRow[] {
  const now = Date.now();
  const moment = (at: number | undefined) => at && new Date(at).toISOString();
  return [
    HEADINGS,
    ...tenants.map((tenant) => [
      tenant.tenant,
      tenant.name,
      tenant.slug,
      tenant.administrators.join(", "),
      PLANS[tenant.plan].name,
      TENANT_STATUS_NAMES[tenant.status],
      moment(tenant.trialEndsAt),
      flagsOf(tenant, now)
        .map((flag) => FLAG_NAMES[flag])
        .join(", "),
      tenant.members,
      tenant.projects,
      usedOf(tenant, "leads"),
      usedOf(tenant, "storageBytes"),
      tenant.usagePercent,
      tenant.mrrCents / 100,
      moment(tenant.lastActivityAt),
      moment(tenant.createdAt),
    ]),
  ];
}
