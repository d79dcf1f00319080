"use client";

import { Skeleton, Text } from "@mantine/core";
import { AnchorLink } from "@/components/ui/links";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { dollars } from "../costs/months";
import classes from "./Overview.module.css";

const NUMBER = new Intl.NumberFormat("en-US");

/** The companies whose use costs Sunup most this month. */
export function CostliestPanel({ today }: { today: string }) {
  const costliest = useLiveQuery(api.staff.overview.costliest, { month: today.slice(0, 7) });
  return (
    <Panel title="Costliest this month">
      {costliest.status === "error" && <ErrorNotice error={costliest.error} order={3} />}
      {costliest.status === "loading" && (
        <Skeleton height={100} radius="md" aria-label="Loading what companies cost" />
      )}
      {costliest.status === "ready" && costliest.data.length === 0 && (
        <Text c="dimmed" size="sm">
          Nothing is measured this month yet. The figures come from the log stream.
        </Text>
      )}
      {costliest.status === "ready" && (
        <ol className={classes.rows}>
          {costliest.data.map(({ tenantId, company, cost, calls }) => (
            <li key={tenantId} className={classes.row}>
              <span className={classes.name}>
                <AnchorLink href={`/admin/tenants/${tenantId}`} fw={600}>
                  <bdi>{company}</bdi>
                </AnchorLink>
              </span>
              <span className={classes.aside}>
                {dollars(cost)}, {NUMBER.format(calls)} {calls === 1 ? "call" : "calls"}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
