"use client";

import { Button, Group, Modal, NativeSelect, Stack, Textarea } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { LOST_REASON_NAMES, LOST_REASONS, type LostReason } from "@/lib/leadStatus";
import { TEXT_LIMITS } from "@/lib/limits";

type LoseLeadDialogProps = {
  leadName: string;
  opened: boolean;
  onClose: () => void;
  onLose: (reason: LostReason, note: string) => Promise<void>;
};

/** Asks why a lead came to nothing. */
export function LoseLeadDialog({ leadName, opened, onClose, onLose }: LoseLeadDialogProps) {
  const [reason, setReason] = useState<LostReason>(LOST_REASONS[0]);
  const [note, setNote] = useState("");
  const [submit, busy] = useExclusive(async () => {
    try {
      await onLose(reason, note);
    } catch (thrown) {
      return toastError(thrown);
    }
    setNote("");
    onClose();
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={`Mark ${leadName} as lost`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <NativeSelect
            label="Why"
            data-autofocus
            value={reason}
            data={LOST_REASONS.map((value) => ({ value, label: LOST_REASON_NAMES[value] }))}
            onChange={(event) => setReason(event.currentTarget.value as LostReason)}
          />
          <Textarea
            label="Note"
            autosize
            minRows={2}
            maxRows={6}
            maxLength={TEXT_LIMITS.reason}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={busy}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Mark as lost
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
