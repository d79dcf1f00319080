"use client";

import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useConvex } from "convex/react";
import { useEffect, useRef, useState } from "react";
import { saveCsv } from "@/components/ui/csv";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { PLANS } from "@/lib/plans";
import { flagsOf, usedOf } from "./tenantFacts";
import { FLAG_NAMES, TENANT_STATUS_NAMES } from "./tenantWords";
import type { TenantRow, TenantsQuery } from "./types";

const PAGE = 200;

/** Downloads the companies that are filtered as a CSV file, page by page; a second click stops it. */
export function ExportTenants({ query }: { query: TenantsQuery }) {
  const convex = useConvex();
  const [loaded, setLoaded] = useState<number | null>(null);
  const stopped = useRef(false);
  useEffect(() => () => void (stopped.current = true), []);
  const next = (cursor: string | null) =>
    convex.query(api.staff.tenants.list, { ...query, paginationOpts: { numItems: PAGE, cursor } });

  async function run() {
    stopped.current = false;
    setLoaded(0);
    try {
      const tenants: TenantRow[] = [];
      let cursor: string | null = null;
      for (let done = false; !done && !stopped.current;) {
        const page: Awaited<ReturnType<typeof next>> = await next(cursor);
        tenants.push(...page.page);
        ({ continueCursor: cursor, isDone: done } = page);
        setLoaded(tenants.length);
      }
      if (stopped.current) return;
      await convex.mutation(api.staff.tenants.recordExport, { count: tenants.length });
      saveCsv(`companies-${new Date().toISOString().slice(0, 10)}.csv`, rowsOf(tenants));
      toastSuccess(`${tenants.length} ${tenants.length === 1 ? "company" : "companies"} exported.`);
    } catch (thrown) {
      toastError(thrown);
    } finally {
      setLoaded(null);
    }
  }

  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={17} stroke={1.8} aria-hidden />}
      onClick={() => (loaded === null ? void run() : (stopped.current = true))}
    >
      <span aria-live="polite">{loaded === null ? "Export" : `${loaded} so far – stop`}</span>
    </Button>
  );
}

const HEADINGS = [
  ...["Id", "Company", "Address name", "Administrators", "Plan", "Status", "Trial ends", "Flags"],
  ...["People", "Projects", "Leads this month", "Bytes of files", "Fullest limit (%)"],
  ...["Pays a month (US$)", "Last active", "Signed up"],
];

function rowsOf(tenants: TenantRow[]): (string | number | undefined)[][] {
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
