"use client";

import { Checkbox, NumberInput, SegmentedControl, Text, TextInput } from "@mantine/core";
import { ConflictNotice } from "@/components/ui/ConflictNotice";
import { useFormEdits } from "@/components/ui/useFormEdits";
import { api } from "@/convex/_generated/api";
import type { OverrideTarget, OverrideValue } from "@/lib/entitlements";
import { formatDay } from "@/lib/format";
import { overrideText } from "@/lib/planWords";
import type { Entitlement } from "./entitlementRows";
import { endOfDay, lastDayOf } from "./lastDay";
import { ReasonField } from "./ReasonField";
import { StepModal } from "./StepModal";
import type { StaffTenant } from "./types";
import { useStep } from "./useStep";

type OverrideDialogProps = { company: StaffTenant; row: Entitlement; onClose: () => void };

/** `amount` as the number field holds it. */
type Values = { amount: string | number; unlimited: boolean; on: boolean; until: string };

const LABELS: Record<keyof Values, string> = {
  amount: "Limit",
  unlimited: "No limit",
  on: "Feature",
  until: "Last day",
};

/** Sets a limit or feature for one company alone. */
export function OverrideDialog({ company, row, onClose }: OverrideDialogProps) {
  const { target, name, now, override } = row;
  const live: Values = {
    amount: "limit" in now ? (now.value ?? 0) : 0,
    unlimited: "limit" in now && now.value === null,
    on: "feature" in now && now.on,
    until: lastDayOf(override?.expiresAt),
  };
  const { values, change, overtaken, keepMine, takeTheirs } = useFormEdits(live);
  const form = useStep(api.staff.tenantSteps.setOverride, company, {
    say: `${name} is set.`,
    then: onClose,
  });
  return (
    <StepModal
      title={name}
      confirm="Set"
      busy={form.busy}
      disabled={overtaken.length > 0}
      onClose={onClose}
      onSubmit={() =>
        void form.start({
          override: valueOf(target, values),
          expiresAt: endOfDay(values.until),
        })
      }
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
        The plan gives: {overrideText(row.planned)}. What you set is in force at once, also in open
        browsers.
      </Text>
      {"limit" in target ? (
        <>
          <NumberInput
            label={LABELS.amount}
            name="value"
            allowNegative={false}
            allowDecimal={false}
            disabled={values.unlimited}
            value={values.amount}
            error={form.errors.value}
            onChange={(amount) => change("amount", amount)}
          />
          <Checkbox
            label={LABELS.unlimited}
            checked={values.unlimited}
            onChange={(event) => change("unlimited", event.currentTarget.checked)}
          />
        </>
      ) : (
        <SegmentedControl
          aria-label={name}
          data={[
            { value: "on", label: "On" },
            { value: "off", label: "Off" },
          ]}
          value={values.on ? "on" : "off"}
          onChange={(value) => change("on", value === "on")}
        />
      )}
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

function valueOf(target: OverrideTarget, { amount, unlimited, on }: Values): OverrideValue {
  if ("feature" in target) return { feature: target.feature, on };
  // An empty field is no number: the server says so beside it.
  return { limit: target.limit, value: unlimited ? null : amount === "" ? -1 : Number(amount) };
}

function shown(field: keyof Values, values: Values): string {
  const value = values[field];
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return field === "until" && value !== "" ? formatDay(String(value)) : String(value);
}
