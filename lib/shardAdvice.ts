/**
 * When a company should have a deployment of its own, by the measures of the owner's research
 * report ("When to Shard Large Tenants"). Its third one, that others become slow, is not measured
 * by company; the share of the database's time stands for it.
 */
export const SHARD_TRIGGERS = {
  /** More projects than this. */
  projects: 100_000,
  /** More than this share of all companies' database time in a month. */
  computeShare: 0.5,
} as const;

/** Under so much time of all companies together in a month a share says nothing, in milliseconds. */
const LITTLE_USE_MS = 60 * 60_000;

export const SHARD_REASONS = ["projects", "computeShare"] as const;
export type ShardReason = (typeof SHARD_REASONS)[number];

/** `projects` is null while they are not counted, `computeShare` (0 to 1) while nothing is measured. */
export type ShardMeasures = { projects: number | null; computeShare: number | null };

/** The share of a company in what all used, in milliseconds; null when that says nothing. */
export function shareOf(ownMs: number, allMs: number): number | null {
  return allMs < LITTLE_USE_MS ? null : ownMs / allMs;
}

/** Why the company should have a deployment of its own; nothing when it need not. */
export function shardReasons(measures: ShardMeasures): ShardReason[] {
  return SHARD_REASONS.filter((each) => (measures[each] ?? 0) > SHARD_TRIGGERS[each]);
}
