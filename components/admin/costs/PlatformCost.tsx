"use client";

import { Skeleton } from "@mantine/core";
import { useQuery } from "convex/react";
import { Facts } from "@/components/ui/Facts";
import { Panel } from "@/components/ui/Panel";
import { api } from "@/convex/_generated/api";
import { formatBytes } from "@/lib/format";
import { shortCount } from "../performance/figures";
import { Sparkline } from "../performance/Sparkline";
import classes from "./Costs.module.css";
import { dollars } from "./months";

/** What everything together used and cost in a month, and on each of its days. */
export function PlatformCost({ month }: { month: string }) {
  const used = useQuery(api.staff.costs.platform, { month });
  if (used === undefined) {
    return <Skeleton height={150} radius="md" mb="md" role="status" aria-label="Loading" />;
  }
  const { month: total, days } = used;
  return (
    <div className={classes.platform}>
      <Panel title="The platform">
        {total === null ? (
          <p className={classes.fine}>Nothing was measured that month.</p>
        ) : (
          <>
            <Facts
              items={[
                { label: "Use at list prices", value: dollars(total.cost) },
                { label: "Calls", value: shortCount(total.calls) },
                { label: "Database read", value: formatBytes(total.bytesRead) },
                { label: "Database written", value: formatBytes(total.bytesWritten) },
                { label: "Sent outside", value: formatBytes(total.egressBytes) },
              ]}
            />
            <div className={classes.days}>
              <Sparkline
                values={daily(days)}
                label="Cost by day of the month"
                width={310}
                height={48}
              />
              <span className={classes.fine}>By day of the month</span>
            </div>
          </>
        )}
      </Panel>
    </div>
  );
}

/** The cost of each day of a month, days without any included. */
function daily(days: readonly { period: string; cost: number }[]): number[] {
  const costs = new Array<number>(31).fill(0);
  for (const { period, cost } of days) costs[Number(period.slice(-2)) - 1] = cost;
  return costs;
}
