import { Button, Group, Modal, Stack } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";

type StepModalProps = {
  title: string;
  /** What the button does, as a verb. */
  confirm: string;
  /** True for what people of the company will miss. */
  danger?: boolean;
  busy: boolean;
  disabled?: boolean;
  onClose: () => void;
  onSubmit: () => void;
  children: ReactNode;
};

/** The frame of every dialog in which staff take a step with a company. */
export function StepModal(props: StepModalProps) {
  const { title, confirm, danger = false, busy, disabled, onClose, onSubmit, children } = props;
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ "aria-label": "Close" }}>
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          onSubmit();
        }}
      >
        <Stack gap="md">
          {children}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={busy}>
              Cancel
            </Button>
            <Button
              type="submit"
              color={danger ? "red" : undefined}
              loading={busy}
              disabled={disabled}
            >
              {confirm}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
