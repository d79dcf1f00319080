"use client";

import { Button, Group, Modal, SegmentedControl, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState, type FormEvent } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { TEXT_LIMITS } from "@/lib/limits";
import { NEXT_STEPS, permitStatus, permitStep, type PermitStep, takeStep } from "@/lib/permits";
import { NEXT_ACTION, today } from "./permitWords";
import type { Permit } from "./types";

type StepDialogProps = { permit: Permit; onClose: () => void };

type Errors = { on?: string; reason?: string };

const DONE: Record<PermitStep["kind"], string> = {
  submitted: "Noted as submitted.",
  approved: "Noted as approved.",
  rejected: "Noted as sent back.",
};

/** Records a permit's next step: the day, and for an answer which one it was. */
export function StepDialog({ permit, onClose }: StepDialogProps) {
  const record = useMutation(api.permits.record);
  // What the dialog was opened for: a colleague may go a step further behind it.
  const [{ _id: permitId, revision, rounds, title }] = useState(permit);
  const status = permitStatus(rounds);
  const steps = NEXT_STEPS[status];
  const [kind, setKind] = useState(steps[0] ?? "submitted");
  const [on, setOn] = useState(today);
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<Errors>({});

  const [submit, busy] = useExclusive(async () => {
    const parsed = permitStep.safeParse(kind === "rejected" ? { kind, on, reason } : { kind, on });
    if (!parsed.success) {
      const found: Errors = {};
      for (const { path, message } of parsed.error.issues) {
        found[path[0] as keyof Errors] ??= message;
      }
      setErrors(found);
      return;
    }
    const taken = takeStep(rounds, parsed.data);
    if (!taken.ok && taken.field) {
      setErrors({ [taken.field]: taken.why });
      return;
    }
    try {
      await record({ permitId, revision, step: parsed.data });
      toastSuccess(DONE[kind]);
      onClose();
    } catch (thrown) {
      const data = errorData(thrown);
      if (data?.field === "on" || data?.field === "reason") {
        setErrors({ [data.field]: data.message });
      } else {
        toastError(thrown);
        if (data?.code === "STALE") onClose();
      }
    }
  });

  return (
    <Modal
      opened
      onClose={onClose}
      title={NEXT_ACTION[status]}
      closeOnClickOutside={reason === ""}
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
          {steps.length > 1 && (
            <SegmentedControl
              fullWidth
              aria-label={`The answer on ${title}`}
              value={kind}
              data={[
                { value: "approved", label: "Approved" },
                { value: "rejected", label: "Sent back" },
              ]}
              onChange={(value) => setKind(value as PermitStep["kind"])}
            />
          )}
          <TextInput
            type="date"
            label="On"
            max={today()}
            value={on}
            error={errors.on}
            data-autofocus
            onChange={(event) => {
              setOn(event.currentTarget.value);
              setErrors((all) => ({ ...all, on: undefined }));
            }}
          />
          {kind === "rejected" && (
            <Textarea
              label="What has to be corrected"
              withAsterisk
              autosize
              minRows={3}
              maxLength={TEXT_LIMITS.reason}
              value={reason}
              error={errors.reason}
              onChange={(event) => {
                setReason(event.currentTarget.value);
                setErrors((all) => ({ ...all, reason: undefined }));
              }}
            />
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={busy}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
