"use client";

import { Button, Skeleton, Text, Textarea } from "@mantine/core";
import { useMutation, usePaginatedQuery } from "convex/react";
import { useState } from "react";
import { MoreButton } from "@/components/ui/LoadMore";
import { Panel } from "@/components/ui/Panel";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { formatMoment } from "@/lib/format";
import { TEXT_LIMITS } from "@/lib/limits";
import classes from "./Tenant.module.css";

const PAGE = 10;

/** What staff noted about a company, for each other. */
export function NotesPanel({ tenantId }: { tenantId: Id<"tenants"> }) {
  const notes = usePaginatedQuery(api.staff.notes.list, { tenantId }, { initialNumItems: PAGE });
  const add = useMutation(api.staff.notes.add);
  const [text, setText] = useState("");
  const [save, busy] = useExclusive(async () => {
    try {
      await add({ tenantId, text });
      setText("");
    } catch (thrown) {
      toastError(thrown);
    }
  });
  return (
    <Panel title="Notes">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Textarea
          label="A note for other staff"
          description="The company never sees it."
          autosize
          minRows={2}
          maxRows={8}
          maxLength={TEXT_LIMITS.notes}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button
          type="submit"
          size="xs"
          variant="default"
          mt="sm"
          loading={busy}
          disabled={text.trim() === ""}
        >
          Add the note
        </Button>
      </form>
      {notes.status === "LoadingFirstPage" && (
        <Skeleton height={60} mt="md" aria-label="Loading notes" />
      )}
      <ol className={classes.notes} aria-label="Notes">
        {notes.results.map((note) => (
          <li key={note._id}>
            <Text size="sm" className={classes.noteText} dir="auto">
              {note.text}
            </Text>
            <span className={classes.note}>
              {note.staffName}, {formatMoment(note._creationTime)}
            </span>
          </li>
        ))}
      </ol>
      <MoreButton {...notes} count={PAGE} mt="sm" size="xs">
        Show older
      </MoreButton>
    </Panel>
  );
}
