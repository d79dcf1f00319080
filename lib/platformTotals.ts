import { DAY_MS } from "./days.ts";
import type { PlanId } from "./plans.ts";
import type { TenantStatus } from "./tenantStatus.ts";

/** How far companies come after they signed up; each step counts for itself. */
export const FUNNEL_STEPS = ["firstProject", "secondMember", "tenProjects"] as const;
export type FunnelStep = (typeof FUNNEL_STEPS)[number];

/** Days of sign-ups that the overview shows, and days whose sign-ups its funnel follows. */
export const SIGN_UP_DAYS = 30;
export const FUNNEL_DAYS = 90;

/** Months of revenue that the overview shows. */
export const REVENUE_MONTHS = 12;

/** What one company contributes to the platform's totals. */
export type Share = {
  /** When it signed up: "2026-11-23", UTC. */
  day: string;
  plan: PlanId;
  status: TenantStatus;
  /** US cents a month that it pays. */
  mrrCents: number;
  /** The steps it has come to; one that was reached stays. */
  steps: FunnelStep[];
};

/** The steps of a company with so many members and projects, beside those that it reached before. */
export function stepsOf(
  { members, projects }: { members: number; projects: number },
  reached: readonly FunnelStep[],
): FunnelStep[] {
  const now: Record<FunnelStep, boolean> = {
    firstProject: projects >= 1,
    secondMember: members >= 2,
    tenProjects: projects >= 10,
  };
  return FUNNEL_STEPS.filter((step) => now[step] || reached.includes(step));
}

/** True when a company contributes the same as before. */
export function sameShare(a: Share, b: Share): boolean {
  return (
    a.day === b.day &&
    a.plan === b.plan &&
    a.status === b.status &&
    a.mrrCents === b.mrrCents &&
    a.steps.join() === b.steps.join()
  );
}

/** The day of a moment, "2026-11-23", in UTC: one for all of the platform. */
export function utcDay(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** The last `count` days up to `today`, oldest first. */
export function daysUpTo(today: string, count: number): string[] {
  const end = Date.parse(today);
  return Array.from({ length: count }, (_, n) => utcDay(end - (count - 1 - n) * DAY_MS));
}

/** The last `count` months up to that of `today`, oldest first: "2026-11". */
export function monthsUpTo(today: string, count: number): string[] {
  const [year = 0, month = 1] = today.split("-").map(Number);
  return Array.from({ length: count }, (_, n) =>
    new Date(Date.UTC(year, month - count + n)).toISOString().slice(0, 7),
  );
}
