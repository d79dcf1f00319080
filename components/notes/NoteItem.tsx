"use client";

import { ActionIcon, Button, Group } from "@mantine/core";
import { IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import { useState } from "react";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { formatMoment } from "@/lib/format";
import { noteText } from "@/lib/notes";
import { NoteField } from "./NoteField";
import classes from "./Notes.module.css";
import { NoteText } from "./NoteText";
import { sentParts } from "./sentParts";
import type { Note, NoteDraft } from "./types";

/** A note: its author may change it, its author and who manages the settings may delete it. */
export function NoteItem({ note }: { note: Note }) {
  const { member, can, canAsMember } = useMember();
  const isOwn = note.authorId === member?._id && can("notes.write");
  const [draft, setDraft] = useState<NoteDraft | null>(null);
  const [asking, setAsking] = useState(false);
  const edit = useMutation(api.notes.edit);
  const remove = useMutation(api.notes.remove);
  const [save, busy] = useExclusive(async () => {
    if (draft === null) return;
    try {
      await edit({ noteId: note._id, parts: sentParts(draft) });
      setDraft(null);
    } catch (thrown) {
      toastError(thrown);
    }
  });

  if (draft !== null) {
    return (
      <div className={classes.note}>
        <NoteField
          label="Change the note"
          draft={draft}
          onChange={setDraft}
          onSubmit={() => void save()}
          onEscape={() => setDraft(null)}
          autoFocus
        />
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button size="xs" variant="default" onClick={() => setDraft(null)} disabled={busy}>
            Cancel
          </Button>
          <Button size="xs" loading={busy} onClick={() => void save()}>
            Save
          </Button>
        </Group>
      </div>
    );
  }
  const when = note._creationTime;
  return (
    <div className={classes.note}>
      <div className={classes.head}>
        <bdi className={classes.author}>{note.authorName}</bdi>
        <time className={classes.when} dateTime={new Date(when).toISOString()}>
          {formatMoment(when)}
        </time>
        {note.editedAt !== undefined && (
          <span className={classes.when} title={`Edited ${formatMoment(note.editedAt)}`}>
            edited
          </span>
        )}
        <span className={classes.tools}>
          {isOwn && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="Change this note"
              onClick={() =>
                setDraft({
                  text: noteText(note.parts),
                  mentioned: note.parts.filter((part) => "memberId" in part),
                })
              }
            >
              <IconPencil size={15} aria-hidden />
            </ActionIcon>
          )}
          {(isOwn || canAsMember("settings.manage")) && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="Delete this note"
              onClick={() => setAsking(true)}
            >
              <IconTrash size={15} aria-hidden />
            </ActionIcon>
          )}
        </span>
      </div>
      <NoteText parts={note.parts} />
      <ConfirmDialog
        title="Delete this note?"
        confirm="Delete"
        opened={asking}
        onClose={() => setAsking(false)}
        onConfirm={() => void remove({ noteId: note._id }).catch(toastError)}
      >
        It is gone for everybody, and cannot be brought back.
      </ConfirmDialog>
    </div>
  );
}
