"use client";

import { Text } from "@mantine/core";
import { LIFE_STEPS, type LifeStep } from "./lifeSteps";
import { ReasonField } from "./ReasonField";
import { StepModal } from "./StepModal";
import type { StaffTenant } from "./types";
import { useStep } from "./useStep";

type LifeDialogProps = { life: LifeStep; company: StaffTenant; onClose: () => void };

/** A step of a company's life that needs nothing but a reason. */
export function LifeDialog({ life, company, onClose }: LifeDialogProps) {
  const { step, label, title, text, reason, done, danger } = LIFE_STEPS[life];
  const form = useStep(step, company, { say: done, then: onClose });
  return (
    <StepModal
      title={title}
      confirm={label}
      danger={danger}
      busy={form.busy}
      onClose={onClose}
      onSubmit={() => void form.start({})}
    >
      <Text size="sm">{text}</Text>
      <ReasonField
        description={reason}
        value={form.reason}
        error={form.errors.reason}
        onChange={form.setReason}
      />
    </StepModal>
  );
}
