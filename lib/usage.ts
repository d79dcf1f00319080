import type { Limits } from "./plans.ts";

/** What is counted against the plan. */
export const USAGE_METRICS = ["users", "leads", "storageBytes", "videoMinutes"] as const;
export type UsageMetric = (typeof USAGE_METRICS)[number];

/** How much of a metric is used, of how much; `limit` is null when there is none. In the metric's own unit. */
export type Usage = { used: number; limit: number | null };

/** The period of what is not counted by the month but stands: people and stored bytes. */
export const STANDING = "standing";

/** Bytes of a plan's GB. */
export const GB = 1024 ** 3;

const NUMBER = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** The plan's limit of a metric, in the metric's own unit: people, leads, bytes, minutes. */
export function limitOf(limits: Limits, metric: UsageMetric): number | null {
  switch (metric) {
    case "users":
      return limits.users;
    case "leads":
      return limits.leadsPerMonth;
    case "storageBytes":
      return limits.storageGb === null ? null : limits.storageGb * GB;
    case "videoMinutes":
      return limits.videoMinutesPerMonth;
  }
}

export function isStanding(metric: UsageMetric): boolean {
  return metric === "users" || metric === "storageBytes";
}

/**
 * The period under which a metric is counted at a moment (milliseconds): the month where the
 * company is, as "2026-11", or STANDING.
 */
export function periodOf(metric: UsageMetric, now: number, timeZone: string): string {
  if (isStanding(metric)) return STANDING;
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "2-digit",
  }).formatToParts(now);
  const part = (type: "year" | "month") => parts.find((each) => each.type === type)?.value;
  return `${part("year")}-${part("month")}`;
}

/** Why `count` more do not fit: one sentence, and what to do next. */
export function limitWords(
  metric: UsageMetric,
  { used, limit }: Usage,
  count: number,
): { message: string; nextStep: string } {
  const most = limit ?? Infinity;
  const free = Math.max(0, most - used);
  switch (metric) {
    case "users":
      return {
        message: usersMessage(most, free, count),
        nextStep: "Choose a larger plan, or turn off somebody's access to make room.",
      };
    case "leads":
      return {
        message:
          free === 0
            ? `Your plan takes ${NUMBER.format(most)} leads a month, and this month's are used up.`
            : `Your plan takes ${NUMBER.format(most)} leads a month: ${NUMBER.format(free)} more ${free === 1 ? "fits" : "fit"}, ${NUMBER.format(count)} do not.`,
        nextStep: "Choose a larger plan, or go on next month.",
      };
    case "storageBytes":
      return {
        message: `Your plan has room for ${gigabytes(most)} of files, and ${gigabytes(used)} are in use: ${count === 1 ? "this" : gigabytes(count)} does not fit.`,
        nextStep: "Choose a larger plan, or delete files that nobody needs.",
      };
    case "videoMinutes":
      return {
        message:
          most === 0
            ? "Your plan has no video calls."
            : `Your plan has ${NUMBER.format(most)} minutes of video a month, and they are used up.`,
        nextStep:
          most === 0 ? "Choose a larger plan." : "Choose a larger plan, or go on next month.",
      };
  }
}

function usersMessage(most: number, free: number, count: number): string {
  const room = most === 1 ? "one person" : `${NUMBER.format(most)} people`;
  if (free === 0) return `Your plan has room for ${room}, and every place is taken.`;
  return `Your plan has room for ${room}: ${free} more ${free === 1 ? "fits" : "fit"}, ${count} do not.`;
}

/** Bytes as people say them: 1.5 GB, 20 MB. */
export function gigabytes(bytes: number): string {
  if (bytes >= GB / 10) return `${NUMBER.format(bytes / GB)} GB`;
  return `${NUMBER.format(Math.ceil(bytes / 1024 ** 2))} MB`;
}
