"use client";

import { IconRulerMeasure } from "@tabler/icons-react";
import { Notice } from "@/components/ui/Notice";

/** What a company without site surveys in its plan would get with them. */
export function SurveysNotInPlan({ order }: { order: 1 | 3 }) {
  return (
    <Notice
      order={order}
      icon={<IconRulerMeasure size={26} stroke={1.6} aria-hidden />}
      title="Site surveys come with the Pro plan"
    >
      Plan visits in a calendar, measure and photograph on the phone even without a connection, and
      find roof and main panel filled in on the project. An administrator of your company can change
      the plan.
    </Notice>
  );
}
