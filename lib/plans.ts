import { DAY_MS } from "./days.ts";

/** The plans, their limits and features. This file is the only place that knows them. */
export const PLAN_IDS = ["starter", "pro", "enterprise"] as const;
export type PlanId = (typeof PLAN_IDS)[number];

/** No limit. JSON and Convex values both carry null; Infinity would not survive JSON. */
export const UNLIMITED = null;

export type Limits = {
  users: number | null;
  leadsPerMonth: number | null;
  storageGb: number | null;
  videoMinutesPerMonth: number | null;
};

export const FEATURES = [
  "siteSurvey",
  "webrtc",
  "breakoutRooms",
  "recording",
  "aiAnalysis",
  "whiteLabel",
  "dedicatedShard",
] as const;
export type Feature = (typeof FEATURES)[number];

export type Plan = {
  id: PlanId;
  name: string;
  summary: string;
  /** US dollars a month; 0 is free, null is agreed with sales. */
  pricePerMonthUsd: number | null;
  limits: Limits;
  features: readonly Feature[];
};

export const PLANS: Record<PlanId, Plan> = {
  starter: {
    id: "starter",
    name: "Starter",
    summary: "For one person getting organised.",
    pricePerMonthUsd: 0,
    limits: { users: 1, leadsPerMonth: 50, storageGb: 1, videoMinutesPerMonth: 0 },
    features: [],
  },
  pro: {
    id: "pro",
    name: "Pro",
    summary: "For a crew that installs every week.",
    pricePerMonthUsd: 99,
    limits: {
      users: 10,
      leadsPerMonth: UNLIMITED,
      storageGb: 50,
      videoMinutesPerMonth: 1000,
    },
    features: ["siteSurvey", "webrtc"],
  },
  enterprise: {
    id: "enterprise",
    name: "Enterprise",
    summary: "For several branches and their own rules.",
    pricePerMonthUsd: null,
    limits: {
      users: UNLIMITED,
      leadsPerMonth: UNLIMITED,
      storageGb: UNLIMITED,
      videoMinutesPerMonth: UNLIMITED,
    },
    features: FEATURES,
  },
};

/** Length of the trial of pro that a sign-up may start, in days. */
export const TRIAL_DAYS = 14;

export function isPlanId(value: unknown): value is PlanId {
  return typeof value === "string" && (PLAN_IDS as readonly string[]).includes(value);
}

/**
 * What a plan chosen at sign-up gives before anybody has paid: a wish for pro
 * starts a trial of pro; enterprise is agreed with sales, so it starts as starter.
 */
export function planAtSignup(
  wish: PlanId,
  now: number,
): { plan: PlanId; trialEndsAt?: number; planWish?: PlanId } {
  switch (wish) {
    case "starter":
      return { plan: "starter" };
    case "pro":
      return { plan: "pro", trialEndsAt: now + TRIAL_DAYS * DAY_MS };
    case "enterprise":
      return { plan: "starter", planWish: "enterprise" };
  }
}
