"use client";

import { Anchor } from "@mantine/core";
import { IconFileText, IconFileTypePdf, IconPhoto } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import { toastError } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { DOCUMENT_KIND_NAMES } from "@/lib/documents";
import { isPdf, isPicture } from "@/lib/files";
import { formatBytes, formatDate } from "@/lib/format";
import { DocumentMenu } from "./DocumentMenu";
import classes from "./Documents.module.css";
import { KindSelect } from "./KindSelect";
import { changeListed } from "./optimisticDocuments";
import type { ListedDocument } from "./types";

type DocumentRowProps = {
  document: ListedDocument;
  editable: boolean;
  /** Opens a picture in this page. */
  onPreview: () => void;
};

/** One document: pictures open here, PDFs in a tab of their own, all else is saved. */
export function DocumentRow({ document, editable, onPreview }: DocumentRowProps) {
  const { _id: documentId, name, kind, contentType } = document;
  const update = useMutation(api.documents.update).withOptimisticUpdate((store, { kind: next }) => {
    if (next) changeListed(store, documentId, { kind: next });
  });
  const Icon = isPicture(contentType)
    ? IconPhoto
    : isPdf(contentType)
      ? IconFileTypePdf
      : IconFileText;
  return (
    <li className={classes.row}>
      <Icon size={24} stroke={1.5} aria-hidden className={classes.icon} />
      <div className={classes.words}>
        <OpenLink document={document} onPreview={onPreview} />
        <p className={classes.facts}>
          {!editable && `${DOCUMENT_KIND_NAMES[kind]} · `}
          {formatBytes(document.size)} · {formatDate(document._creationTime)} ·{" "}
          <bdi>{document.uploadedByName}</bdi>
        </p>
      </div>
      {editable && (
        <KindSelect
          name={name}
          kind={kind}
          onChange={(next) => void update({ documentId, kind: next }).catch(toastError)}
        />
      )}
      <DocumentMenu document={document} editable={editable} />
    </li>
  );
}

function OpenLink({ document, onPreview }: Omit<DocumentRowProps, "editable">) {
  const { fileId, name, contentType } = document;
  const label = <bdi>{name}</bdi>;
  if (isPicture(contentType)) {
    return (
      <Anchor component="button" type="button" className={classes.name} onClick={onPreview}>
        {label}
      </Anchor>
    );
  }
  const target = isPdf(contentType) ? "_blank" : undefined;
  return (
    <Anchor
      href={`/api/files/${fileId}`}
      className={classes.name}
      target={target}
      rel={target && "noopener"}
    >
      {label}
    </Anchor>
  );
}
