import { useMutation } from "convex/react";
import type { FunctionArgs, FunctionReference } from "convex/server";
import { useState } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { errorData } from "@/lib/errors";
import type { StaffTenant } from "./types";

type Step = FunctionReference<"mutation">;

/** What a step says beside the company, what was seen of it, and the reason. */
export type StepArgs<Fn extends Step> = Omit<FunctionArgs<Fn>, "tenantId" | "revision" | "reason">;

/**
 * A step with a company: its reason, what is wrong with the fields, and how to take it. What
 * another of the staff has changed meanwhile is refused by the server.
 */
export function useStep<Fn extends Step>(
  step: Fn,
  { tenant, summary }: StaffTenant,
  done: { say: string; then: () => void },
) {
  const take = useMutation(step);
  const [reason, setReason] = useState("");
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [start, busy] = useExclusive(async (args: StepArgs<Fn>) => {
    if (reason.trim() === "") {
      setErrors({ reason: "Say why. The company’s audit trail keeps it." });
      return;
    }
    setErrors({});
    const revision = summary?.revision ?? 0;
    try {
      // The arguments of a generic step; those of each are checked where it is taken.
      const all = { ...args, tenantId: tenant._id, revision, reason } as unknown;
      await (take as (args: unknown) => Promise<unknown>)(all);
      toastSuccess(done.say);
      done.then();
    } catch (thrown) {
      const data = errorData(thrown);
      if (data?.field) setErrors({ [data.field]: data.message });
      else toastError(thrown);
    }
  });
  return { reason, setReason, errors, start, busy };
}
