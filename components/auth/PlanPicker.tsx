import { Group, Radio, Stack, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { planPrice } from "@/components/ui/planWords";
import { PLAN_IDS, PLANS, TRIAL_DAYS, type Plan, type PlanId } from "@/lib/plans";
import classes from "./PlanPicker.module.css";

type PlanPickerProps = {
  value: PlanId;
  onChange: (plan: PlanId) => void;
  error?: ReactNode;
};

/** The three plans as radio buttons, each with its price and what choosing it starts. */
export function PlanPicker({ value, onChange, error }: PlanPickerProps) {
  return (
    <Radio.Group
      label="Plan"
      value={value}
      onChange={(chosen) => onChange(chosen as PlanId)}
      error={error}
    >
      <Stack gap={8} mt={6}>
        {PLAN_IDS.map((id) => (
          <PlanCard key={id} plan={PLANS[id]} />
        ))}
      </Stack>
    </Radio.Group>
  );
}

function PlanCard({ plan }: { plan: Plan }) {
  return (
    <label className={classes.card}>
      <Radio value={plan.id} classNames={{ body: classes.radio ?? "" }} aria-label={plan.name} />
      <span className={classes.words}>
        <Group justify="space-between" gap="xs" wrap="nowrap" component="span">
          <Text span fw={600} size="sm">
            {plan.name}
          </Text>
          <Text span size="sm" fw={600} className={classes.price}>
            {planPrice(plan)}
          </Text>
        </Group>
        <Text span size="sm" c="dimmed">
          {startsWith(plan)}
        </Text>
      </span>
    </label>
  );
}

/** What the choice gives on the first day: see planAtSignup. */
function startsWith(plan: Plan): string {
  switch (plan.id) {
    case "starter":
      return plan.summary;
    case "pro":
      return `${TRIAL_DAYS} days free, no card needed.`;
    case "enterprise":
      return "Starts as Starter while we agree on the rest.";
  }
}
