"use client";

import { Button, Group, Skeleton } from "@mantine/core";
import { useMutation, usePaginatedQuery } from "convex/react";
import { MoreButton } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { NoteField } from "./NoteField";
import { NoteItem } from "./NoteItem";
import classes from "./Notes.module.css";
import { sentParts } from "./sentParts";
import { useNoteDraft } from "./useNoteDraft";

const PAGE = 10;

/** What people tell each other about a project, newest first. */
export function NotesPanel({ projectId }: { projectId: Id<"projects"> }) {
  const { can } = useMember();
  return (
    <Panel title="Notes">
      <QueryBoundary>
        {can("notes.write") && <NewNote projectId={projectId} />}
        <NoteList projectId={projectId} />
      </QueryBoundary>
    </Panel>
  );
}

function NewNote({ projectId }: { projectId: Id<"projects"> }) {
  const [draft, setDraft, forget] = useNoteDraft(projectId);
  const add = useMutation(api.notes.add);
  const [post, busy] = useExclusive(async () => {
    if (draft.text.trim() === "") return;
    try {
      await add({ projectId, parts: sentParts(draft) });
      forget();
    } catch (thrown) {
      toastError(thrown);
    }
  });
  return (
    <div className={classes.new}>
      <NoteField label="New note" draft={draft} onChange={setDraft} onSubmit={() => void post()} />
      <Group justify="flex-end" mt="xs">
        <Button
          size="xs"
          loading={busy}
          disabled={draft.text.trim() === ""}
          onClick={() => void post()}
        >
          Post note
        </Button>
      </Group>
    </div>
  );
}

function NoteList({ projectId }: { projectId: Id<"projects"> }) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.notes.list,
    { projectId },
    { initialNumItems: PAGE },
  );
  if (status === "LoadingFirstPage") {
    return <Skeleton height={72} radius="md" aria-label="Loading the notes" />;
  }
  if (results.length === 0) return <p className={classes.empty}>No notes yet.</p>;
  return (
    <>
      <ol className={classes.notes} aria-label="Notes">
        {results.map((note) => (
          <li key={note._id}>
            <NoteItem note={note} />
          </li>
        ))}
      </ol>
      <MoreButton status={status} loadMore={loadMore} count={PAGE} mt="sm" size="xs">
        Show older
      </MoreButton>
    </>
  );
}
