"use client";

import { Text } from "@mantine/core";
import { Facts } from "@/components/ui/Facts";
import { Panel } from "@/components/ui/Panel";
import { planLimitRows, planPrice } from "@/components/ui/planWords";
import { useMember } from "@/components/workspace/MemberContext";
import { PLANS } from "@/lib/plans";

/** The company's plan and what it may use. */
export function PlanPanel() {
  const { tenant, entitlements } = useMember();
  const plan = PLANS[tenant.plan];
  return (
    <Panel title={`${plan.name} plan`}>
      <Text c="dimmed" size="sm" mb="md">
        {planPrice(plan)}
      </Text>
      <Facts items={planLimitRows(entitlements)} />
    </Panel>
  );
}
