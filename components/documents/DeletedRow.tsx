"use client";

import { Button } from "@mantine/core";
import { useMutation } from "convex/react";
import dynamic from "next/dynamic";
import { HoverPrefetchLink } from "@/components/ui/HoverPrefetchLink";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useNow } from "@/components/ui/useNow";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { DAY_MS } from "@/lib/days";
import { DOCUMENT_KIND_NAMES, RESTORABLE_DAYS } from "@/lib/documents";
import { formatBytes, formatDate } from "@/lib/format";
import classes from "./Documents.module.css";
import type { DeletedDocument } from "./types";

const ConfirmDialog = dynamic(() =>
  import("@/components/ui/ConfirmDialog").then((m) => m.ConfirmDialog),
);

/** A deleted document: brought back by who may write, removed for good by an administrator. */
export function DeletedRow({ document }: { document: DeletedDocument }) {
  const { _id: documentId, name, deletedAt } = document;
  const { can } = useMember();
  const now = useNow();
  const asking = useLazyDisclosure();
  const restore = useMutation(api.documents.restore);
  const erase = useMutation(api.documents.erase);
  const daysLeft = Math.max(0, Math.ceil((deletedAt - now) / DAY_MS) + RESTORABLE_DAYS);

  const [run, busy] = useExclusive(async (act: () => Promise<unknown>, done: string) => {
    try {
      await act();
      toastSuccess(done);
    } catch (thrown) {
      toastError(thrown);
    }
  });

  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <bdi className={classes.name}>{name}</bdi>
        <p className={classes.facts}>
          {DOCUMENT_KIND_NAMES[document.kind]} · {formatBytes(document.size)} · of{" "}
          <HoverPrefetchLink href={`/projects/${document.projectId}`} className={classes.project}>
            <bdi>{document.deletedFrom}</bdi>
          </HoverPrefetchLink>
        </p>
        <p className={classes.facts}>
          Deleted on {formatDate(deletedAt)} by <bdi>{document.deletedByName}</bdi>,{" "}
          {daysLeft === 1 ? "1 day" : `${daysLeft} days`} left
        </p>
      </div>
      <Button
        size="xs"
        variant="default"
        loading={busy}
        aria-label={`Restore ${name}`}
        onClick={() => void run(() => restore({ documentId }), "Document restored.")}
      >
        Restore
      </Button>
      {can("settings.manage") && (
        <Button
          size="xs"
          variant="subtle"
          color="red"
          disabled={busy}
          aria-label={`Remove for good: ${name}`}
          onClick={asking.open}
        >
          Remove for good
        </Button>
      )}
      {asking.wanted && (
        <ConfirmDialog
          title="Remove this document for good?"
          confirm="Remove for good"
          opened={asking.opened}
          onClose={asking.close}
          onConfirm={() => void run(() => erase({ documentId }), "Document removed.")}
        >
          <bdi>{name}</bdi> cannot be brought back after that. Its {formatBytes(document.size)} are
          free again at once.
        </ConfirmDialog>
      )}
    </li>
  );
}
