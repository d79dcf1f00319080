"use client";

import { TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/convex/_generated/api";
import { DAY_MS } from "@/lib/days";
import { TRIAL_DAYS } from "@/lib/plans";
import { endOfDay, lastDayOf } from "./lastDay";
import { ReasonField } from "./ReasonField";
import { StepModal } from "./StepModal";
import type { StaffTenant } from "./types";
import { useStep } from "./useStep";

type TrialDialogProps = { company: StaffTenant; onClose: () => void };

/** Lets a trial of Pro end on another day, or begin. */
export function TrialDialog({ company, onClose }: TrialDialogProps) {
  const { trialEndsAt } = company.tenant;
  const [day, setDay] = useState(() =>
    lastDayOf((trialEndsAt ?? Date.now()) + TRIAL_DAYS * DAY_MS),
  );
  const form = useStep(api.staff.tenantSteps.extendTrial, company, {
    say: trialEndsAt === undefined ? "The trial has begun." : "The trial ends later.",
    then: onClose,
  });
  return (
    <StepModal
      title={trialEndsAt === undefined ? "Begin a trial of Pro" : "Extend the trial"}
      confirm={trialEndsAt === undefined ? "Begin the trial" : "Extend"}
      busy={form.busy}
      onClose={onClose}
      onSubmit={() => void form.start({ trialEndsAt: endOfDay(day) ?? 0 })}
    >
      <TextInput
        type="date"
        label="Last day of the trial"
        name="trialEndsAt"
        withAsterisk
        value={day}
        error={form.errors.trialEndsAt}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      <ReasonField
        description="The company’s audit trail keeps this."
        value={form.reason}
        error={form.errors.reason}
        onChange={form.setReason}
      />
    </StepModal>
  );
}
