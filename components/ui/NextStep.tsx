"use client";

import dynamic from "next/dynamic";
import type { ErrorCode } from "@/lib/errors";

const PlanNextStep = dynamic(() =>
  import("@/components/billing/PlanNextStep").then((m) => m.PlanNextStep),
);

/** What to do about an error. Where the plan is in the way, it depends on who may change that. */
export function NextStep({ code, nextStep }: { code: ErrorCode; nextStep: string }) {
  if (code !== "LIMIT_REACHED" && code !== "FEATURE_NOT_IN_PLAN") return nextStep;
  return <PlanNextStep nextStep={nextStep} />;
}
