"use client";

import { DataList, Text } from "@mantine/core";
import { Panel } from "@/components/ui/Panel";
import { useMember } from "@/components/workspace/MemberContext";
import { planLimitRows, planPrice } from "@/components/ui/planWords";
import { PLANS } from "@/lib/plans";

/** The company's plan and what it includes. */
export function PlanPanel() {
  const { tenant } = useMember();
  const plan = PLANS[tenant.plan];
  return (
    <Panel title={`${plan.name} plan`}>
      <Text c="dimmed" size="sm" mb="md">
        {planPrice(plan)}
      </Text>
      <DataList size="sm" gap="xs" labelWidth={132}>
        {planLimitRows(plan).map(({ label, value }) => (
          <DataList.Item key={label}>
            <DataList.ItemLabel>{label}</DataList.ItemLabel>
            <DataList.ItemValue>{value}</DataList.ItemValue>
          </DataList.Item>
        ))}
      </DataList>
    </Panel>
  );
}
