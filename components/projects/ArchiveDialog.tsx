"use client";

import { Button, Group, Modal, Text } from "@mantine/core";

type ArchiveDialogProps = {
  name: string;
  opened: boolean;
  onClose: () => void;
  onArchive: () => void;
};

/** Asks before a project leaves everybody's lists. */
export function ArchiveDialog({ name, opened, onClose, onArchive }: ArchiveDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Archive this project?"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Text size="sm">
        <bdi>{name}</bdi> leaves the lists of everybody in your company. Nothing is deleted, and you
        can restore it at any time.
      </Text>
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button
          onClick={() => {
            onClose();
            onArchive();
          }}
        >
          Archive
        </Button>
      </Group>
    </Modal>
  );
}
