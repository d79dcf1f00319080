"use client";

import { Text } from "@mantine/core";
import { api } from "@/convex/_generated/api";
import type { OverrideTarget } from "@/lib/entitlements";
import { ReasonField } from "./ReasonField";
import { StepModal } from "./StepModal";
import type { StaffTenant } from "./types";
import { useStep } from "./useStep";

type ResetDialogProps = {
  company: StaffTenant;
  /** What follows the plan again; the plan itself without. */
  target?: OverrideTarget;
  name: string;
  onClose: () => void;
};

/** Takes back what staff set: a limit, a feature, or the plan. */
export function ResetDialog({ company, target, name, onClose }: ResetDialogProps) {
  const then = { say: `${name} is as it was.`, then: onClose };
  const reset = useStep(api.staff.tenantSteps.resetOverride, company, then);
  const takeBack = useStep(api.staff.tenantSteps.takePlanBack, company, then);
  const form = target ? reset : takeBack;
  return (
    <StepModal
      title={`Take back: ${name}`}
      confirm="Take back"
      busy={form.busy}
      onClose={onClose}
      onSubmit={() => void (target ? reset.start({ target }) : takeBack.start({}))}
    >
      <Text size="sm">
        {target
          ? "It follows the company’s plan again, at once."
          : "The company has what it pays for again, at once; without a subscription that is Starter."}
      </Text>
      <ReasonField
        description="The company’s audit trail keeps this."
        value={form.reason}
        error={form.errors.reason}
        onChange={form.setReason}
      />
    </StepModal>
  );
}
