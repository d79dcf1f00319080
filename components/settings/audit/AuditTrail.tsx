"use client";

import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { useMember } from "@/components/workspace/MemberContext";
import { AUDIT_DAYS } from "@/lib/audit";
import { useSearchParams } from "next/navigation";
import { AuditFilterBar } from "./AuditFilterBar";
import { filterFrom, filterHref } from "./auditFilter";
import { AuditLines } from "./AuditLines";
import { DownloadTrail } from "./DownloadTrail";

/** Who changed what in the company, and what was refused. */
export function AuditTrail() {
  return (
    <RequirePermission permission="audit.read">
      <Trail />
    </RequirePermission>
  );
}

function Trail() {
  const filter = filterFrom(useSearchParams());
  const { member } = useMember();
  return (
    <>
      <PageHeader
        title="Audit trail"
        description={`Who changed what, before and after. Nobody can change a line; each is kept for ${AUDIT_DAYS} days.`}
        // Staff in the company read, and take nothing away.
        actions={member && <DownloadTrail filter={filter} />}
      />
      <AuditFilterBar
        filter={filter}
        onChange={(next) => window.history.pushState(null, "", filterHref(next))}
      />
      <Panel flush>
        <QueryBoundary resetKey={filterHref(filter)}>
          <AuditLines filter={filter} />
        </QueryBoundary>
      </Panel>
    </>
  );
}
