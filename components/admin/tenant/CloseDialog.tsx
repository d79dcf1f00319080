"use client";

import { Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { api } from "@/convex/_generated/api";
import { CLOSE_TEXT } from "./lifeSteps";
import { ReasonField } from "./ReasonField";
import { StepModal } from "./StepModal";
import type { StaffTenant } from "./types";
import { useStep } from "./useStep";

type CloseDialogProps = { company: StaffTenant; onClose: () => void };

/** Begins the closing of a company, for who types its name. */
export function CloseDialog({ company, onClose }: CloseDialogProps) {
  const [companyName, setCompanyName] = useState("");
  const form = useStep(api.staff.tenantSteps.close, company, {
    say: "The company is about to be closed.",
    then: onClose,
  });
  return (
    <StepModal
      title="Close this company"
      confirm="Begin closing"
      danger
      busy={form.busy}
      onClose={onClose}
      onSubmit={() => void form.start({ companyName })}
    >
      <Text size="sm">{CLOSE_TEXT}</Text>
      <TextInput
        label="Company name"
        name="companyName"
        description={
          <>
            Type <bdi>{company.tenant.name}</bdi> to confirm.
          </>
        }
        withAsterisk
        autoComplete="off"
        value={companyName}
        error={form.errors.companyName}
        onChange={(event) => setCompanyName(event.currentTarget.value)}
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
