"use client";

import { Button } from "@mantine/core";
import { useMutation } from "convex/react";
import { Panel } from "@/components/ui/Panel";
import { toastError } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { formatMoment } from "@/lib/format";
import { outcomeWords, statusWords } from "./importWords";
import classes from "./LeadImport.module.css";
import { ProblemsButton } from "./ProblemsButton";
import type { ImportRow } from "./types";

/** The latest imports: what came of each, and which did not come to their end. */
export function RecentImports({ imports }: { imports: ImportRow[] }) {
  const cancel = useMutation(api.leadImports.cancel);
  if (imports.length === 0) return null;
  return (
    <Panel title="Earlier imports" flush>
      {imports.map((row) => (
        <div key={row._id} className={classes.row}>
          <div className={classes.words}>
            <strong>
              <bdi>{row.fileName}</bdi>
            </strong>
            <span>{statusWords(row)}</span>
            <span className={classes.sub}>
              {outcomeWords(row)} · {formatMoment(row._creationTime)}
            </span>
          </div>
          {(row.status === "running" || row.status === "full") && (
            <Button
              variant="default"
              size="xs"
              onClick={() => void cancel({ importId: row._id }).catch(toastError)}
            >
              Cancel
            </Button>
          )}
          {row.failed > 0 && <ProblemsButton row={row} />}
        </div>
      ))}
    </Panel>
  );
}
