import { Text } from "@mantine/core";
import { Panel } from "@/components/ui/Panel";
import { FUNNEL_DAYS } from "@/lib/platformTotals";
import classes from "./FunnelPanel.module.css";
import { STEP_NAMES } from "./overviewWords";
import type { PlatformTotals } from "./types";

/** How far the companies of the last months have come. */
export function FunnelPanel({ funnel }: Pick<PlatformTotals, "funnel">) {
  const all = funnel[0]?.count ?? 0;
  return (
    <Panel title="After signing up">
      <Text c="dimmed" size="sm" mb="sm">
        Companies that signed up in the last {FUNNEL_DAYS} days
      </Text>
      <ol className={classes.steps}>
        {funnel.map(({ step, count }) => {
          const part = all === 0 ? 0 : count / all;
          return (
            <li key={step} className={classes.step}>
              <span>{STEP_NAMES[step]}</span>
              <svg className={classes.bar} aria-hidden>
                <rect width={`${part * 100}%`} height="100%" rx="4" />
              </svg>
              <span className={classes.count}>
                {count} <span className={classes.part}>{Math.round(part * 100)}%</span>
              </span>
            </li>
          );
        })}
      </ol>
    </Panel>
  );
}
