import { Alert, Skeleton, Text } from "@mantine/core";
import { Facts } from "@/components/ui/Facts";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { SHARD_TRIGGERS, type ShardReason } from "@/lib/shardAdvice";

const REASONS: Record<ShardReason, string> = {
  projects: `It has more than ${SHARD_TRIGGERS.projects.toLocaleString("en-US")} projects.`,
  computeShare: "It takes more than half of the database's time.",
};

/** Where the company lives, and whether it should have a deployment of its own. */
export function DeploymentPanel({ tenantId }: { tenantId: Id<"tenants"> }) {
  const advice = useLiveQuery(api.staff.deployments.ofTenant, { tenantId });
  return (
    <Panel title="Where it lives">
      {advice.status === "error" && <ErrorNotice error={advice.error} />}
      {advice.status === "loading" && <Skeleton height={80} aria-label="Loading where it lives" />}
      {advice.status === "ready" && (
        <>
          <Facts
            items={[
              { label: "Deployment", value: advice.data.deployment },
              {
                label: "Share of database time this month",
                value: percent(advice.data.computeShare),
              },
            ]}
          />
          {advice.data.reasons.length === 0 ? (
            <Text c="dimmed" size="sm" mt="sm">
              Nothing speaks for a deployment of its own.
            </Text>
          ) : (
            <Alert mt="sm" color="yellow" title="Should have a deployment of its own">
              {advice.data.reasons.map((reason) => REASONS[reason]).join(" ")} docs/shards.md says
              how to bring a company over.
            </Alert>
          )}
        </>
      )}
    </Panel>
  );
}

function percent(share: number | null): string | null {
  return share === null ? null : `${Math.round(100 * share)} %`;
}
