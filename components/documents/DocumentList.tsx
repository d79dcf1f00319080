"use client";

import { Skeleton } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { MoreButton } from "@/components/ui/LoadMore";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { isPicture } from "@/lib/files";
import { DocumentRow } from "./DocumentRow";
import classes from "./Documents.module.css";

const PreviewDialog = dynamic(() => import("./PreviewDialog").then((m) => m.PreviewDialog));

const PAGE = 15;

type DocumentListProps = { projectId: Id<"projects">; editable: boolean };

/** A project's documents, newest first, live. */
export function DocumentList({ projectId, editable }: DocumentListProps) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.documents.list,
    { projectId },
    { initialNumItems: PAGE },
  );
  const preview = useLazyDisclosure();
  const [shown, setShown] = useState<Id<"documents"> | null>(null);
  const pictures = results.filter(({ contentType }) => isPicture(contentType));

  if (status === "LoadingFirstPage") {
    return <Skeleton height={120} radius="md" aria-label="Loading the documents" />;
  }
  if (results.length === 0) {
    return (
      <p className={classes.none}>
        No documents yet.
        {editable && " Utility bill, contract and photos are usually the first."}
      </p>
    );
  }
  return (
    <>
      <ul className={classes.list} aria-label="Documents">
        {results.map((document) => (
          <DocumentRow
            key={document._id}
            document={document}
            editable={editable}
            onPreview={() => {
              setShown(document._id);
              preview.open();
            }}
          />
        ))}
      </ul>
      <MoreButton
        status={status}
        loadMore={loadMore}
        count={PAGE}
        size="xs"
        className={classes.more}
      >
        Show older
      </MoreButton>
      {preview.wanted && (
        <PreviewDialog
          pictures={pictures}
          index={preview.opened ? pictures.findIndex(({ _id }) => _id === shown) : -1}
          onShow={(index) => setShown(pictures[index]?._id ?? null)}
          onClose={preview.close}
        />
      )}
    </>
  );
}
