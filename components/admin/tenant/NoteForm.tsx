"use client";

import { Button, Group, Textarea } from "@mantine/core";
import { useState } from "react";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { TEXT_LIMITS } from "@/lib/limits";

type NoteFormProps = {
  label: string;
  description?: string;
  button: string;
  initial?: string;
  save: (text: string) => Promise<unknown>;
  onCancel?: () => void;
};

/** The text of a note, new or corrected. It stays when saving fails. */
export function NoteForm({ initial = "", save, onCancel, button, ...words }: NoteFormProps) {
  const [text, setText] = useState(initial);
  const [submit, busy] = useExclusive(async () => {
    try {
      await save(text);
      setText("");
    } catch (thrown) {
      toastError(thrown);
    }
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Textarea
        {...words}
        dir="auto"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={TEXT_LIMITS.notes}
        data-autofocus={onCancel ? true : undefined}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group mt="sm" gap="sm">
        <Button
          type="submit"
          size="xs"
          variant="default"
          loading={busy}
          disabled={text.trim() === "" || text.trim() === initial}
        >
          {button}
        </Button>
        {onCancel && (
          <Button size="xs" variant="subtle" onClick={onCancel} disabled={busy}>
            Cancel
          </Button>
        )}
      </Group>
    </form>
  );
}
