"use client";

import { Button, Group, Modal, Stack, Textarea } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { TEXT_LIMITS } from "@/lib/limits";
import { useStaff } from "../StaffContext";

type AcknowledgeAlertProps = { alertId: Id<"securityAlerts">; subjectName: string };

/** Closes an alert with a note of what was found. For operators. */
export function AcknowledgeAlert({ alertId, subjectName }: AcknowledgeAlertProps) {
  const { may } = useStaff();
  const dialog = useLazyDisclosure();
  const acknowledge = useMutation(api.staff.security.acknowledge);
  const [note, setNote] = useState("");
  const [submit, busy] = useExclusive(async () => {
    try {
      await acknowledge({ alertId, note });
      toastSuccess("The alert is acknowledged.");
      dialog.close();
    } catch (thrown) {
      toastError(thrown);
    }
  });
  if (!may("operator")) return null;
  return (
    <>
      <Button size="xs" aria-label={`Acknowledge: ${subjectName}`} onClick={dialog.open}>
        Acknowledge…
      </Button>
      {dialog.wanted && (
        <Modal
          opened={dialog.opened}
          onClose={dialog.close}
          title="Acknowledge the alert"
          closeButtonProps={{ "aria-label": "Close" }}
        >
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <Stack gap="md">
              <Textarea
                label="What did you find?"
                description="If it goes on, a new alert is opened."
                name="note"
                dir="auto"
                autosize
                minRows={2}
                required
                maxLength={TEXT_LIMITS.reason}
                data-autofocus
                value={note}
                onChange={(event) => setNote(event.currentTarget.value)}
              />
              <Group justify="flex-end" gap="sm">
                <Button variant="default" onClick={dialog.close} disabled={busy}>
                  Cancel
                </Button>
                <Button type="submit" loading={busy}>
                  Acknowledge
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal>
      )}
    </>
  );
}
