import { Text } from "@mantine/core";
import { Panel } from "@/components/ui/Panel";
import { formatCents } from "@/lib/format";
import { monthWords } from "../costs/months";
import { ColumnChart } from "./ColumnChart";
import classes from "./Overview.module.css";
import type { PlatformTotals } from "./types";

/** What all companies pay a month, now and at the end of each month. */
export function RevenuePanel(props: Pick<PlatformTotals, "mrrCents" | "revenue">) {
  const { mrrCents, revenue } = props;
  return (
    <Panel title="Revenue">
      <p className={classes.figure}>
        {formatCents(mrrCents)} <span>a month, at list price</span>
      </p>
      {revenue.length === 0 ? (
        <Text c="dimmed" size="sm">
          The months appear here with the first company.
        </Text>
      ) : (
        <ColumnChart
          caption="Revenue a month"
          head="Month"
          columns={revenue.map(({ month, mrrCents: cents }) => ({
            ...{ key: month, label: monthWords(month), value: cents, text: formatCents(cents) },
          }))}
        />
      )}
    </Panel>
  );
}
