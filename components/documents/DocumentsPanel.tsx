"use client";

import { Skeleton } from "@mantine/core";
import { AnchorLink } from "@/components/ui/links";
import { pagePart } from "@/components/ui/pagePart";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import type { Id } from "@/convex/_generated/dataModel";
import type { Financing } from "@/lib/projects";
import { Checklist } from "./Checklist";
import { DocumentList } from "./DocumentList";
import classes from "./Documents.module.css";
import { UploadRow } from "./UploadRow";
import { useUploads } from "./useUploads";

const DropArea = pagePart(
  () => import("./DropArea").then((m) => m.DropArea),
  <Skeleton height={72} radius="md" />,
);

type DocumentsPanelProps = {
  project: { _id: Id<"projects">; financing?: Financing };
  editable: boolean;
};

/** A project's documents: what is needed, what is here, what is on its way. */
export function DocumentsPanel({ project, editable }: DocumentsPanelProps) {
  const { uploads, queue } = useUploads(project._id);
  return (
    <Panel
      title="Documents"
      aside={
        editable && (
          <AnchorLink href="/documents/deleted" size="sm">
            Recently deleted
          </AnchorLink>
        )
      }
    >
      <div className={classes.stack}>
        <Checklist projectId={project._id} financing={project.financing} />
        {editable && <DropArea onFiles={queue.add} />}
        {uploads.length > 0 && (
          <ul className={classes.list} aria-label="Being sent">
            {uploads.map((upload) => (
              <UploadRow key={upload.id} upload={upload} queue={queue} />
            ))}
          </ul>
        )}
        <QueryBoundary>
          <DocumentList projectId={project._id} editable={editable} />
        </QueryBoundary>
      </div>
    </Panel>
  );
}
