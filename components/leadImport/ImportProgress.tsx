"use client";

import { Button, Progress } from "@mantine/core";
import { useMutation } from "convex/react";
import { ButtonLink } from "@/components/ui/links";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { toastError } from "@/components/ui/toasts";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { count, outcomeWords, statusWords } from "./importWords";
import classes from "./LeadImport.module.css";
import { ProblemsButton } from "./ProblemsButton";

type ImportProgressProps = {
  importId: Id<"leadImports">;
  /** Whether this tab is sending rows. */
  running: boolean;
  onAnother: () => void;
};

/** How far an import is, live, and what came of it. */
export function ImportProgress({ importId, running, onAnother }: ImportProgressProps) {
  const found = useLiveQuery(api.leadImports.get, { importId });
  const cancel = useMutation(api.leadImports.cancel);
  if (found.status === "error") return <ErrorNotice error={found.error} />;
  if (found.status === "loading") return null;
  const row = found.data;
  const percent = Math.floor((row.nextRow / row.rows) * 100);
  return (
    <Panel title={row.fileName}>
      <Progress.Root size="lg">
        <Progress.Section value={percent} aria-label="Rows taken in" />
      </Progress.Root>
      <p role="status">
        {running && row.status === "running"
          ? `${percent} % of ${count(row.rows, "row", "rows")}. Keep this page open; after a reload, pick the same file again to go on.`
          : statusWords(row)}
      </p>
      <p className={classes.sub}>{outcomeWords(row)}</p>
      <div className={classes.buttons}>
        {running && row.status === "running" && (
          <Button variant="default" onClick={() => void cancel({ importId }).catch(toastError)}>
            Cancel the import
          </Button>
        )}
        {!running && (
          <>
            <ButtonLink href="/leads">Go to the leads</ButtonLink>
            <Button variant="default" onClick={onAnother}>
              Import another file
            </Button>
          </>
        )}
        {row.failed > 0 && <ProblemsButton row={row} />}
      </div>
    </Panel>
  );
}
