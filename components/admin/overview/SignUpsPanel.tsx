import { Panel } from "@/components/ui/Panel";
import { formatDay } from "@/lib/format";
import { ColumnChart } from "./ColumnChart";
import classes from "./Overview.module.css";
import type { PlatformTotals } from "./types";

/** Who signed up lately, day by day. */
export function SignUpsPanel({ signUps }: Pick<PlatformTotals, "signUps">) {
  const all = signUps.reduce((sum, { count }) => sum + count, 0);
  return (
    <Panel title="Sign-ups">
      <p className={classes.figure}>
        {all} <span>in the last {signUps.length} days (UTC)</span>
      </p>
      <ColumnChart
        caption="Sign-ups"
        head="Day"
        columns={signUps.map(({ day, count }) => ({
          ...{ key: day, label: formatDay(day), value: count, text: String(count) },
        }))}
      />
    </Panel>
  );
}
