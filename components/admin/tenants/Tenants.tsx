"use client";

import { useSearchParams } from "next/navigation";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { ExactMatches } from "./ExactMatches";
import { ExportTenants } from "./ExportTenants";
import { filterFrom, filterHref, queryOf, type TenantsFilter } from "./tenantsFilter";
import { TenantsFilterBar } from "./TenantsFilterBar";
import { TenantsList } from "./TenantsList";

/** Every company on Sunup, found, filtered and ordered by what the address says. */
export function Tenants() {
  const filter = filterFrom(useSearchParams());
  const query = queryOf(filter);

  // The address alone changes: Next keeps useSearchParams() in step without asking the server.
  const apply = (change: Partial<TenantsFilter>) =>
    window.history.pushState(null, "", filterHref({ ...filter, ...change }));

  return (
    <>
      <PageHeader
        title="Companies"
        description="Every company on Sunup. Figures are counted while people work, and every night."
        actions={<ExportTenants query={query} />}
      />
      <TenantsFilterBar filter={filter} onChange={apply} />
      {filter.q !== null && <ExactMatches words={filter.q} />}
      <Panel flush>
        <QueryBoundary resetKey={filterHref(filter)}>
          <TenantsList filter={filter} query={query} onChange={apply} />
        </QueryBoundary>
      </Panel>
    </>
  );
}
