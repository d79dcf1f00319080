import { Progress } from "@mantine/core";
import { Panel } from "@/components/ui/Panel";
import classes from "./Billing.module.css";
import { amountWords, meterWords, METRIC_NAMES, monthName } from "./billingWords";
import type { MeteredUsage } from "./types";

type UsagePanelProps = { title?: string; usage: MeteredUsage[] };

/** How much of each limit is used, with the months before where it is counted by the month. */
export function UsagePanel({ title = "What you use", usage }: UsagePanelProps) {
  return (
    <Panel title={title}>
      <div className={classes.meters}>
        {usage.map((each) => (
          <Meter key={each.metric} {...each} />
        ))}
      </div>
    </Panel>
  );
}

function Meter({ metric, used, limit, history }: MeteredUsage) {
  const name = METRIC_NAMES[metric];
  const isFull = limit !== null && used >= limit && limit > 0;
  return (
    <div>
      <div className={classes.meterHead}>
        <h3 className={classes.meterName}>{name}</h3>
        <span className={classes.meterAmount}>{meterWords(metric, used, limit)}</span>
      </div>
      {limit !== null && limit > 0 && (
        <Progress
          value={Math.min(100, (100 * used) / limit)}
          color={isFull ? "sun" : "lake"}
          size="lg"
          aria-label={name}
        />
      )}
      {history.length > 1 && <History metric={metric} history={history} />}
    </div>
  );
}

function History({ metric, history }: Pick<MeteredUsage, "metric" | "history">) {
  const most = Math.max(1, ...history.map(({ value }) => value));
  return (
    <ol className={classes.history} aria-label={`${METRIC_NAMES[metric]}, and before`}>
      {history.map(({ period, value }) => (
        <li key={period}>
          {amountWords(metric, value)}
          <span className={classes.bar} aria-hidden>
            <span style={{ height: `${(100 * value) / most}%` }} />
          </span>
          {monthName(period)}
        </li>
      ))}
    </ol>
  );
}
