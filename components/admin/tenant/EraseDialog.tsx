"use client";

import { Text, TextInput } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { ReasonField } from "./ReasonField";
import { StepModal } from "./StepModal";
import type { StaffTenant } from "./types";

type EraseDialogProps = { company: StaffTenant; onClose: () => void };

/** Asks for a company to be erased, for who types its name. A second person of the staff confirms. */
export function EraseDialog({ company: { tenant }, onClose }: EraseDialogProps) {
  const request = useMutation(api.staff.erasures.request);
  const [companyName, setCompanyName] = useState("");
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [submit, busy] = useExclusive(async () => {
    setErrors({});
    try {
      await request({ tenantId: tenant._id, companyName, reason });
      toastSuccess("Asked for. Somebody else of the staff has to confirm.");
      onClose();
    } catch (thrown) {
      const data = errorData(thrown);
      if (data?.field) setErrors({ [data.field]: data.message });
      else toastError(thrown);
    }
  });
  return (
    <StepModal
      title="Erase this company"
      confirm="Ask for the erasure"
      danger
      busy={busy}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <Text size="sm">
        Everything of the company goes for good: rows, files, the accounts of its people, its
        customer at Stripe. Nothing happens until somebody else of the staff confirms.
      </Text>
      <TextInput
        label="Company name"
        name="companyName"
        description={
          <>
            Type <bdi>{tenant.name}</bdi> to confirm.
          </>
        }
        withAsterisk
        autoComplete="off"
        value={companyName}
        error={errors.companyName}
        onChange={(event) => setCompanyName(event.currentTarget.value)}
      />
      <ReasonField
        description="The certificate shows this. Name no people in it."
        value={reason}
        error={errors.reason}
        onChange={setReason}
      />
    </StepModal>
  );
}
