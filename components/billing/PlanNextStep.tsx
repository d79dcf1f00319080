"use client";

import { AnchorLink } from "@/components/ui/links";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";

/**
 * What to do when the plan is in the way: a link to the plans for whoever may change it, whom to
 * ask for the others. Also outside of the workspace's frame, where toasts are.
 */
export function PlanNextStep({ nextStep }: { nextStep: string }) {
  const me = useLiveQuery(api.members.me, {});
  if (me.status !== "ready") return nextStep;
  if (!me.data.permissions.includes("billing.manage")) {
    return "Ask an administrator of your company about a larger plan.";
  }
  return (
    <>
      {nextStep}{" "}
      <AnchorLink href="/settings/billing" underline="always">
        See plans
      </AnchorLink>
    </>
  );
}
