"use client";

import { Alert } from "@mantine/core";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { leadsAdvice, leadsWords } from "./allowanceWords";

/** Says when this month's leads are used up, or nearly so, and what then. */
export function LeadsAllowance() {
  const usage = useLiveQuery(api.leads.allowance, {});
  if (usage.status !== "ready") return null;
  const { used, limit } = usage.data;
  if (limit === null || used < limit * 0.8) return null;
  return (
    <Alert mb="md" color={used >= limit ? "red" : "sun"} title={leadsWords(usage.data)}>
      {leadsAdvice(usage.data)}
    </Alert>
  );
}
