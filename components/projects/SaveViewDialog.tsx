"use client";

import { Button, Group, Modal, Stack, Switch, TextInput } from "@mantine/core";
import { useMutation } from "convex/react";
import { type FormEvent, useState } from "react";
import { toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { describeError } from "@/lib/errors";
import { TEXT_LIMITS } from "@/lib/limits";
import { viewName } from "@/lib/savedViews";
import type { SavedFilter } from "./savedFilter";

type SaveViewDialogProps = { filter: SavedFilter; opened: boolean; onClose: () => void };

/** Asks under which name what is shown is kept, and for whom. */
export function SaveViewDialog({ filter, opened, onClose }: SaveViewDialogProps) {
  const saveView = useMutation(api.savedViews.save);
  const [typed, setTyped] = useState("");
  const [shared, setShared] = useState(false);
  const [error, setError] = useState<string | null>(null);

  const [submit, busy] = useExclusive(async () => {
    const checked = viewName.safeParse(typed);
    if (!checked.success) return setError(checked.error.issues[0]?.message ?? null);
    try {
      await saveView({ name: checked.data, shared, filter });
    } catch (thrown) {
      const { message, nextStep, field } = describeError(thrown);
      return setError(field === "name" ? message : `${message} ${nextStep}`);
    }
    toastSuccess(`The view “${checked.data}” is saved.`);
    setTyped("");
    setShared(false);
    onClose();
  });

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Save this view"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <TextInput
            label="Name"
            withAsterisk
            data-autofocus
            autoComplete="off"
            maxLength={TEXT_LIMITS.viewName}
            description="It keeps the search, the filters, the order, and whether it is a table or a board."
            value={typed}
            error={error}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setError(null);
            }}
          />
          <Switch
            label="Everybody in the company sees it"
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={busy}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Save view
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
