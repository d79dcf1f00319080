"use client";

import { ActionIcon, Button, Group, Stack, Switch, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import { type FormEvent, useState } from "react";
import { toastError, toastUndo } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { describeError } from "@/lib/errors";
import { TEXT_LIMITS } from "@/lib/limits";
import type { SavedView } from "./savedFilter";

type ManagedViewProps = {
  view: SavedView;
  /** Closes the dialog, so that the keyboard reaches the Undo. */
  onDeleted: () => void;
};

/** One saved view, to rename, share and delete. */
export function ManagedView({ view, onDeleted }: ManagedViewProps) {
  const { _id: viewId, name, shared, filter, isOwn } = view;
  const rename = useMutation(api.savedViews.rename);
  const share = useMutation(api.savedViews.share);
  const remove = useMutation(api.savedViews.remove);
  const save = useMutation(api.savedViews.save);
  /** Absent while nothing is typed, so that the field follows the live name. */
  const [typed, setTyped] = useState<string>();
  const [error, setError] = useState<string | null>(null);

  const [renameNow, renaming] = useExclusive(async () => {
    if (typed === undefined) return;
    try {
      await rename({ viewId, name: typed });
      setTyped(undefined);
    } catch (thrown) {
      const { message, nextStep, field } = describeError(thrown);
      setError(field === undefined ? `${message} ${nextStep}` : message);
    }
  });
  const [shareNow, sharing] = useExclusive(async (on: boolean) => {
    await share({ viewId, shared: on }).catch(toastError);
  });
  const [removeNow, removing] = useExclusive(async () => {
    try {
      await remove({ viewId });
      onDeleted();
      toastUndo(`Deleted the view “${name}”.`, () => {
        save({ name, shared, filter }).catch(toastError);
      });
    } catch (thrown) {
      toastError(thrown);
    }
  });

  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void renameNow();
      }}
    >
      <Stack gap="xs">
        <Group gap="xs" align="flex-start" wrap="nowrap">
          <TextInput
            flex={1}
            aria-label={`Name of the view ${name}`}
            autoComplete="off"
            maxLength={TEXT_LIMITS.viewName}
            value={typed ?? name}
            error={error}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setError(null);
            }}
          />
          {typed !== undefined && typed.trim() !== name && (
            <Button type="submit" loading={renaming}>
              Rename
            </Button>
          )}
          <ActionIcon
            variant="default"
            size={36}
            aria-label={`Delete the view ${name}`}
            loading={removing}
            onClick={() => void removeNow()}
          >
            <IconTrash size={17} aria-hidden />
          </ActionIcon>
        </Group>
        <Switch
          size="sm"
          label={
            isOwn
              ? "Everybody in the company sees it"
              : "Everybody in the company sees it (a colleague’s)"
          }
          checked={shared}
          disabled={sharing}
          onChange={(event) => void shareNow(event.currentTarget.checked)}
        />
      </Stack>
    </form>
  );
}
