"use client";

import { Skeleton } from "@mantine/core";
import { useMutation, usePaginatedQuery } from "convex/react";
import { MoreButton } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { NoteForm } from "./NoteForm";
import { NoteItem } from "./NoteItem";
import classes from "./Tenant.module.css";
import { withEarlier } from "./noteVersions";

const PAGE = 10;

/** What staff noted about a company, for each other. */
export function NotesPanel({ tenantId }: { tenantId: Id<"tenants"> }) {
  const notes = usePaginatedQuery(api.staff.notes.list, { tenantId }, { initialNumItems: PAGE });
  const add = useMutation(api.staff.notes.add);
  return (
    <Panel title="Notes">
      <NoteForm
        label="A note for other staff"
        description="The company never sees it."
        button="Add the note"
        save={(text) => add({ tenantId, text })}
      />
      {notes.status === "LoadingFirstPage" && (
        <Skeleton height={60} mt="md" aria-label="Loading notes" />
      )}
      <ol className={classes.notes} aria-label="Notes">
        {withEarlier(notes.results).map(({ note, earlier }) => (
          <NoteItem key={note._id} note={note} earlier={earlier} />
        ))}
      </ol>
      <MoreButton {...notes} count={PAGE} mt="sm" size="xs">
        Show older
      </MoreButton>
    </Panel>
  );
}
