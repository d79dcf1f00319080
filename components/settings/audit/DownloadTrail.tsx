"use client";

import { useConvex } from "convex/react";
import type { CsvRow } from "@/components/ui/csv";
import { ExportCsv } from "@/components/ui/ExportCsv";
import { api } from "@/convex/_generated/api";
import { type AuditFilter, queryOf } from "./auditFilter";
import { actorName, type AuditLine } from "./AuditLines";
import { ACTION_WORDS } from "./auditWords";

/** Downloads the lines of the trail that are filtered. */
export function DownloadTrail({ filter }: { filter: AuditFilter }) {
  const convex = useConvex();
  return (
    <ExportCsv
      name="audit-trail"
      words={["line", "lines"]}
      next={(paginationOpts) =>
        convex.query(api.auditTrail.list, { ...queryOf(filter), paginationOpts })
      }
      record={(count) => convex.mutation(api.auditTrail.recordDownload, { count })}
      rowsOf={rowsOf}
    />
  );
}

function rowsOf(lines: AuditLine[]): CsvRow[] {
  return [
    ["When", "Who", "Role", "What", "To what", "Before and after", "Reason", "Action"],
    ...lines.map(({ _creationTime, actor, action, subject, changes, reason }) => [
      new Date(_creationTime).toISOString(),
      actorName(actor),
      actor.kind === "member" ? actor.role : "",
      ACTION_WORDS[action],
      subject,
      changes.map(({ field, before, after }) => `${field}: ${before} → ${after}`).join("; "),
      reason,
      action,
    ]),
  ];
}
