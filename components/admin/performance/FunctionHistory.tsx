"use client";

import { Drawer, Skeleton } from "@mantine/core";
import { useQuery } from "convex/react";
import { Facts } from "@/components/ui/Facts";
import { api } from "@/convex/_generated/api";
import { formatBytes, formatDay } from "@/lib/format";
import { countWords, dayName, durationWords, type FunctionDay } from "./figures";
import classes from "./Performance.module.css";
import { Sparkline } from "./Sparkline";

/** One function's last 30 days, beside the page; closed when there is no `path`. */
export function FunctionHistory({ path, onClose }: { path: string | null; onClose: () => void }) {
  const days = useQuery(api.staff.performance.history, path === null ? "skip" : { path });
  return (
    <Drawer
      opened={path !== null}
      onClose={onClose}
      position="right"
      title={<span className={classes.drawerTitle}>{path}</span>}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {days === undefined ? (
        <Skeleton height={240} radius="md" role="status" aria-label="Loading" />
      ) : days[0] === undefined ? (
        <p className={classes.fine}>It has not run in the time that figures are kept.</p>
      ) : (
        <History newest={days[0]} days={days.toReversed()} />
      )}
    </Drawer>
  );
}

function History({ newest, days }: { newest: FunctionDay; days: FunctionDay[] }) {
  const first = formatDay(dayName(days[0]!.day));
  const trend = (label: string, value: (day: FunctionDay) => number, say: typeof countWords) => ({
    label,
    value: (
      <span className={classes.trend}>
        <Sparkline
          values={days.map(value)}
          label={`${label} by day since ${first}`}
          width={160}
          height={36}
        />
        <span>{say(value(newest))} on the last day</span>
      </span>
    ),
  });
  return (
    <div className={classes.history}>
      <p className={classes.fine}>By day, since {first}.</p>
      <Facts
        items={[
          trend("Calls", ({ calls }) => calls, countWords),
          trend("Errors", ({ failed }) => failed, countWords),
          trend("p95", ({ p95 }) => p95, durationWords),
          trend("Documents a call", ({ documentsPerCall }) => documentsPerCall, countWords),
          trend("Over budget", ({ overruns }) => overruns, countWords),
          trend("Bytes read", ({ bytesRead }) => bytesRead, formatBytes),
          trend("Conflicts", ({ conflicts }) => conflicts, countWords),
        ]}
      />
    </div>
  );
}
