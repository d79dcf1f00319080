import type { PlanId } from "./plans.ts";

/**
 * How much a member, and a company as a whole, may change in a short time: so generous that no
 * crew ever meets it, and so small that a program gone wild does not slow the others down.
 * A bucket holds `burst` changes and fills up again by `perMinute`.
 */
export type RateLimit = { burst: number; perMinute: number };

export const MEMBER_LIMIT: RateLimit = { burst: 600, perMinute: 300 };

export const COMPANY_LIMITS: Record<PlanId, RateLimit> = {
  starter: { burst: 900, perMinute: 400 },
  pro: { burst: 4_000, perMinute: 1_800 },
  enterprise: { burst: 20_000, perMinute: 9_000 },
};

/**
 * A member's bucket takes from the company's in lots, so the row that all members share is written
 * once in so many changes, and two members hardly ever meet there.
 */
export const LOT = 60;

/** What stands in a bucket at `at`, milliseconds. */
export type Bucket = { tokens: number; at: number };

export function fullBucket({ burst }: RateLimit, now: number): Bucket {
  return { tokens: burst, at: now };
}

/** The bucket as it has filled up by now. A clock that went back fills nothing. */
export function refilled({ tokens, at }: Bucket, { burst, perMinute }: RateLimit, now: number) {
  const gained = (Math.max(0, now - at) * perMinute) / 60_000;
  return { tokens: Math.min(burst, tokens + gained), at: Math.max(at, now) } satisfies Bucket;
}

/** Milliseconds until `wanted` are in the bucket; 0 when they are. */
export function waitFor(wanted: number, { tokens }: Bucket, { perMinute }: RateLimit): number {
  return tokens >= wanted ? 0 : Math.ceil(((wanted - tokens) * 60_000) / perMinute);
}
