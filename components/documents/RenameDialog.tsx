"use client";

import { Button, Group, Modal, TextInput } from "@mantine/core";
import { useMutation } from "convex/react";
import { type FormEvent, useState } from "react";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { documentName } from "@/lib/documents";
import { errorData } from "@/lib/errors";
import type { ListedDocument } from "./types";

type RenameDialogProps = { document: ListedDocument; opened: boolean; onClose: () => void };

/** Another name for a document; it keeps its ending. */
export function RenameDialog({ document, opened, onClose }: RenameDialogProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const update = useMutation(api.documents.update);

  function close() {
    setTyped(null);
    setProblem(null);
    onClose();
  }

  const [save, saving] = useExclusive(async () => {
    const checked = documentName.safeParse(typed ?? document.name);
    if (!checked.success) {
      return setProblem(checked.error.issues[0]?.message ?? "This is no name.");
    }
    try {
      if (typed !== null) await update({ documentId: document._id, name: typed });
      close();
    } catch (thrown) {
      const data = errorData(thrown);
      if (data?.field === "name") setProblem(data.message);
      else toastError(thrown);
    }
  });

  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Rename document"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void save();
        }}
      >
        <TextInput
          label="Name"
          data-autofocus
          value={typed ?? document.name}
          error={problem}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(null);
          }}
        />
        <Group justify="flex-end" gap="sm" mt="lg">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={saving}>
            Rename
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
