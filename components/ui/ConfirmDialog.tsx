"use client";

import { Button, Group, Modal } from "@mantine/core";
import type { ReactNode } from "react";

type ConfirmDialogProps = {
  title: string;
  /** What the button does, as a verb. */
  confirm: string;
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
  children: ReactNode;
};

/** Asks before something that somebody will miss. The cursor starts at the way back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, confirm, opened, onClose, onConfirm, children } = props;
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {children}
      <Group justify="flex-end" gap="sm" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Cancel
        </Button>
        <Button
          color="red"
          onClick={() => {
            onClose();
            onConfirm();
          }}
        >
          {confirm}
        </Button>
      </Group>
    </Modal>
  );
}
