"use client";

import { Skeleton } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { DOCUMENT_KIND_NAMES } from "@/lib/documents";
import { FINANCING_NAMES, type Financing } from "@/lib/projects";
import classes from "./Documents.module.css";

type ChecklistProps = { projectId: Id<"projects">; financing: Financing | undefined };

/** Which documents this way of paying needs, and which of them are missing. */
export function Checklist({ projectId, financing }: ChecklistProps) {
  const checklist = useLiveQuery(api.documents.checklist, { projectId });
  if (checklist.status === "loading") return <Skeleton height={64} radius="md" />;
  if (checklist.status === "error") return <ErrorNotice error={checklist.error} order={3} />;
  const items = checklist.data;
  const here = items.filter(({ there }) => there).length;
  return (
    <div className={classes.checklist}>
      <p className={classes.facts}>
        <b>
          {here} of {items.length}
        </b>{" "}
        needed documents are here.{" "}
        {financing
          ? `Needed for: ${FINANCING_NAMES[financing]}.`
          : "Say under Contract how the customer pays, and what that needs is added."}
      </p>
      <ul className={classes.needed} aria-label="Needed documents">
        {items.map(({ kind, there }) => (
          <li key={kind} data-there={there || undefined}>
            {there && <IconCheck size={14} stroke={2.4} aria-hidden />}
            {DOCUMENT_KIND_NAMES[kind]}
            <span className={classes.unseen}>{there ? ": here" : ": missing"}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
