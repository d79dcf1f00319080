"use client";

import { IconArrowLeft } from "@tabler/icons-react";
import { useState } from "react";
import project from "@/components/projects/ProjectView.module.css";
import { AnchorLink } from "@/components/ui/links";
import { PageHeader } from "@/components/ui/PageHeader";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { ChooseFile } from "./ChooseFile";
import { ImportProgress } from "./ImportProgress";
import { ImportSetup } from "./ImportSetup";
import { RecentImports } from "./RecentImports";
import type { LeadFile } from "./readLeadFile";
import { useImportRun } from "./useImportRun";

/** Takes in a CSV file of leads: choose, look, import. For members with `leads.write`. */
export function LeadImport() {
  return (
    <RequirePermission permission="leads.write" ownPeople>
      <AnchorLink href="/leads" size="sm" className={project.back}>
        <IconArrowLeft size={16} aria-hidden />
        All leads
      </AnchorLink>
      <PageHeader
        title="Import leads"
        description="From a spreadsheet or another system, as a CSV file."
      />
      <Steps />
    </RequirePermission>
  );
}

function Steps() {
  const { run, running } = useImportRun();
  const [file, setFile] = useState<LeadFile | null>(null);
  const [shown, setShown] = useState<Id<"leadImports"> | null>(null);
  const imports = useLiveQuery(api.leadImports.recent, {});
  if (imports.status === "error") return <ErrorNotice error={imports.error} />;
  const all = imports.status === "ready" ? imports.data : [];
  const unfinished = file
    ? all.find(
        ({ fingerprint, status }) =>
          fingerprint === file.fingerprint && (status === "running" || status === "full"),
      )
    : undefined;

  function begin(importId: Id<"leadImports">) {
    if (file === null) return;
    setShown(importId);
    setFile(null);
    void run(importId, file);
  }

  return (
    <div className={project.stack}>
      {shown && (
        <ImportProgress
          importId={shown}
          running={running === shown}
          onAnother={() => setShown(null)}
        />
      )}
      {!shown && file === null && <ChooseFile onChosen={setFile} />}
      {!shown && file && (
        <ImportSetup
          file={file}
          unfinished={unfinished}
          onStarted={begin}
          onBack={() => setFile(null)}
        />
      )}
      <RecentImports imports={all.filter(({ _id }) => _id !== shown)} />
    </div>
  );
}
