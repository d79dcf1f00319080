"use client";

import { NativeSelect } from "@mantine/core";
import { useRouter, useSearchParams } from "next/navigation";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { useNow } from "@/components/ui/useNow";
import { TelemetryState } from "../performance/TelemetryState";
import { CompanyCosts } from "./CompanyCosts";
import { monthsUntil, monthWords } from "./months";
import { PlatformCost } from "./PlatformCost";
import { Prices } from "./Prices";

/** What companies cost Sunup, by the month: measured use at list prices. */
export function Costs() {
  const months = monthsUntil(useNow());
  const asked = useSearchParams().get("month");
  const month = months.find((each) => each === asked) ?? months[0]!;
  const router = useRouter();
  return (
    <>
      <PageHeader
        title="Costs"
        description="Measured use at the suppliers’ list prices. What plans include is not in it. Files stand beside it."
        actions={
          <NativeSelect
            aria-label="Month"
            value={month}
            onChange={({ currentTarget }) =>
              router.push(`/admin/costs?month=${currentTarget.value}`)
            }
            data={months.map((each) => ({ value: each, label: monthWords(each) }))}
          />
        }
      />
      <QueryBoundary resetKey={month}>
        <TelemetryState />
        <PlatformCost month={month} />
        <Panel title="Dearest companies" flush>
          <CompanyCosts month={month} />
        </Panel>
      </QueryBoundary>
      <Prices />
    </>
  );
}
