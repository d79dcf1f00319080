"use client";

import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useConvex } from "convex/react";
import { useEffect, useRef, useState } from "react";
import { saveCsv } from "@/components/ui/csv";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { type AuditFilter, queryOf } from "./auditFilter";
import { actorName, type AuditLine } from "./AuditLines";
import { ACTION_WORDS } from "./auditWords";

const PAGE = 200;

/** Downloads what is filtered as a CSV file, page by page; a second click stops it. */
export function DownloadTrail({ filter }: { filter: AuditFilter }) {
  const convex = useConvex();
  const [loaded, setLoaded] = useState<number | null>(null);
  const stopped = useRef(false);
  useEffect(() => () => void (stopped.current = true), []);

  async function run() {
    stopped.current = false;
    setLoaded(0);
    try {
      const lines: AuditLine[] = [];
      let cursor: string | null = null;
      for (let done = false; !done && !stopped.current;) {
        const page: Awaited<ReturnType<typeof next>> = await next(cursor);
        lines.push(...page.page);
        ({ continueCursor: cursor, isDone: done } = page);
        setLoaded(lines.length);
      }
      if (stopped.current) return;
      await convex.mutation(api.auditTrail.recordDownload, { count: lines.length });
      saveCsv(`audit-trail-${new Date().toISOString().slice(0, 10)}.csv`, rowsOf(lines));
      toastSuccess(`${lines.length} ${lines.length === 1 ? "line" : "lines"} exported.`);
    } catch (thrown) {
      toastError(thrown);
    } finally {
      setLoaded(null);
    }
  }
  const next = (cursor: string | null) =>
    convex.query(api.auditTrail.list, {
      ...queryOf(filter),
      paginationOpts: { numItems: PAGE, cursor },
    });

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

function rowsOf(lines: AuditLine[]) {
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
