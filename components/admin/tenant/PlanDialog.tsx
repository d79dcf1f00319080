"use client";

import { NativeSelect, Text, TextInput } from "@mantine/core";
import { ConflictNotice } from "@/components/ui/ConflictNotice";
import { useFormEdits } from "@/components/ui/useFormEdits";
import { api } from "@/convex/_generated/api";
import { formatDay } from "@/lib/format";
import { PLAN_IDS, type PlanId, PLANS } from "@/lib/plans";
import { endOfDay, lastDayOf } from "./lastDay";
import { ReasonField } from "./ReasonField";
import { StepModal } from "./StepModal";
import type { StaffTenant } from "./types";
import { useStep } from "./useStep";

type PlanDialogProps = { company: StaffTenant; onClose: () => void };

const LABELS = { plan: "Plan", until: "Last day" };

/** Gives a company a plan, whatever it pays for. */
export function PlanDialog({ company, onClose }: PlanDialogProps) {
  const { plan, planGrant } = company.tenant;
  const live: { plan: PlanId; until: string } = { plan, until: lastDayOf(planGrant?.expiresAt) };
  const { values, change, overtaken, keepMine, takeTheirs } = useFormEdits(live);
  const form = useStep(api.staff.tenantSteps.givePlan, company, {
    say: "The company has its plan.",
    then: onClose,
  });
  const shown = (field: "plan" | "until", given: typeof live) =>
    field === "plan" ? PLANS[given.plan].name : given.until && formatDay(given.until);
  return (
    <StepModal
      title="Give a plan"
      confirm="Give this plan"
      busy={form.busy}
      disabled={overtaken.length > 0}
      onClose={onClose}
      onSubmit={() => void form.start({ plan: values.plan, expiresAt: endOfDay(values.until) })}
    >
      <ConflictNotice
        who={company.summary?.changedBy}
        conflicts={overtaken.map((field) => ({
          field,
          label: LABELS[field],
          mine: shown(field, values),
          theirs: shown(field, live),
        }))}
        onKeepMine={keepMine}
        onTakeTheirs={takeTheirs}
      />
      <Text size="sm">
        It comes before what the company pays for, until you take it back. A trial ends with it.
      </Text>
      <NativeSelect
        label={LABELS.plan}
        name="plan"
        data={PLAN_IDS.map((value) => ({ value, label: PLANS[value].name }))}
        value={values.plan}
        onChange={(event) => change("plan", event.currentTarget.value as PlanId)}
      />
      <TextInput
        type="date"
        label={LABELS.until}
        name="expiresAt"
        description="Empty for as long as nobody takes it back."
        value={values.until}
        error={form.errors.expiresAt}
        onChange={(event) => change("until", event.currentTarget.value)}
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
