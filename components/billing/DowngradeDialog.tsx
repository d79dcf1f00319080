"use client";

import { Text } from "@mantine/core";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { formatDate } from "@/lib/format";
import { PLANS } from "@/lib/plans";
import { limitOf, type UsageMetric } from "@/lib/usage";
import classes from "@/components/settings/danger/DangerZone.module.css";
import { amountWords } from "./billingWords";
import type { MeteredUsage } from "./types";

type DowngradeDialogProps = {
  /** Milliseconds; until when the plan is paid. */
  until: number;
  usage: MeteredUsage[];
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
};

/** Says what Starter holds, and what of the company's is more than that, before the change. */
export function DowngradeDialog({ until, usage, ...dialog }: DowngradeDialogProps) {
  const { starter, pro } = PLANS;
  const tooMuch = usage.filter(({ metric, used }) => {
    const limit = limitOf(starter.limits, metric);
    return limit !== null && used > limit;
  });
  return (
    <ConfirmDialog
      {...dialog}
      title={`Change to ${starter.name}?`}
      confirm={`Change to ${starter.name}`}
    >
      <Text size="sm" mb="sm">
        You keep {pro.name} until {formatDate(until)}. Then the company goes on with {starter.name}.
        Nothing is deleted, and you can change your mind until that day.
      </Text>
      {tooMuch.length > 0 && (
        <ul className={classes.facts}>
          {tooMuch.map(({ metric, used }) => (
            <li key={metric}>{EXCESS[metric](used, limitOf(starter.limits, metric) ?? 0)}</li>
          ))}
        </ul>
      )}
    </ConfirmDialog>
  );
}

const { name } = PLANS.starter;

/** What happens to what is more than Starter holds. */
const EXCESS: Record<UsageMetric, (used: number, limit: number) => string> = {
  users: (used, limit) =>
    `${used} places are taken, and ${name} has ${limit}. Everybody keeps access until you choose who stays; nobody can be added before.`,
  leads: (used, limit) =>
    `${used} leads came in this month, and ${name} takes ${limit} a month. All stay; new ones wait for the next month.`,
  storageBytes: (used, limit) =>
    `${amountWords("storageBytes", used)} of files are stored, and ${name} has room for ${amountWords("storageBytes", limit)}. All stay; new ones wait until there is room.`,
  videoMinutes: () => `${name} has no video calls.`,
};
