import { api } from "@/convex/_generated/api";
import { CLOSING_DAYS } from "@/lib/tenantStatus";
import type { StaffTenant } from "./types";

/** The steps of a company's life that need nothing but a reason. */
export const LIFE_STEPS = {
  suspend: {
    step: api.staff.tenantSteps.suspend,
    label: "Suspend",
    title: "Suspend this company",
    text: "Nobody of the company gets in any more, at once. Its data stays untouched.",
    reason: "Its members read this.",
    done: "The company is suspended.",
    danger: true,
  },
  reactivate: {
    step: api.staff.tenantSteps.reactivate,
    label: "Reactivate",
    title: "Reactivate this company",
    text: "Its people get in again and find everything as it was.",
    reason: "The company’s audit trail keeps this.",
    done: "The company is open again.",
    danger: false,
  },
  keep: {
    step: api.staff.tenantSteps.keep,
    label: "Take the closing back",
    title: "Keep this company",
    text: "It will not be closed. Its administrators are told by mail.",
    reason: "The company’s audit trail keeps this.",
    done: "The company will not be closed.",
    danger: false,
  },
} as const;
export type LifeStep = keyof typeof LIFE_STEPS;

/** What closing means, for who is about to begin it. */
export const CLOSE_TEXT = `It closes in ${CLOSING_DAYS} days. Until then its administrators can take that back; they are told by mail now, and reminded.`;

/** The steps that fit a company's state. */
export function stepsFor({ tenant }: StaffTenant): {
  simple: LifeStep[];
  trial: boolean;
  close: boolean;
} {
  const { status, plan, planGrant, trialEndsAt, closing } = tenant;
  const shut = status === "suspended" || status === "closed";
  return {
    simple: [
      ...(shut ? (["reactivate"] as const) : []),
      ...(status === "closing" ? (["keep"] as const) : []),
      ...(shut ? [] : (["suspend"] as const)),
    ],
    trial: !shut && planGrant === undefined && (trialEndsAt !== undefined || plan === "starter"),
    close: !shut && closing === undefined,
  };
}
