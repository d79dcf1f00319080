"use client";

import { NativeSelect } from "@mantine/core";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { useNow } from "@/components/ui/useNow";
import { formatDay } from "@/lib/format";
import { FUNCTION_SORTS, type FunctionSort } from "@/lib/telemetry/functionSort";
import { type Choice, choiceFrom, choiceHref, dayName, daysUntil, SORT_NAMES } from "./figures";
import { FunctionHistory } from "./FunctionHistory";
import { FunctionsList } from "./FunctionsList";
import { Offenders } from "./Offenders";
import classes from "./Performance.module.css";
import { TelemetryState } from "./TelemetryState";

/** How Sunup's functions do, day by day: all companies together, no company's data. */
export function Performance() {
  const now = useNow();
  const choice = choiceFrom(useSearchParams(), now);
  const [opened, setOpened] = useState<string | null>(null);

  // The address alone changes: Next keeps useSearchParams() in step without asking the server.
  const apply = (change: Partial<Choice>) =>
    window.history.pushState(null, "", choiceHref({ ...choice, ...change }));

  return (
    <>
      <PageHeader
        title="Performance"
        description="Every function of Sunup: how often it runs, how fast, and what it reads. Days are in UTC."
        actions={
          <div className={classes.choices}>
            <NativeSelect
              aria-label="Day"
              value={dayName(choice.day)}
              onChange={({ currentTarget }) =>
                apply({ day: Date.parse(`${currentTarget.value}T00:00:00Z`) })
              }
              data={daysUntil(now).map((day, back) => ({
                value: dayName(day),
                label: back === 0 ? "Today" : formatDay(dayName(day)),
              }))}
            />
            <NativeSelect
              aria-label="Order by"
              value={choice.sort}
              onChange={({ currentTarget }) => apply({ sort: currentTarget.value as FunctionSort })}
              data={FUNCTION_SORTS.map((sort) => ({
                value: sort,
                label: `By ${SORT_NAMES[sort].toLowerCase()}`,
              }))}
            />
          </div>
        }
      />
      <QueryBoundary resetKey={choiceHref(choice)}>
        <TelemetryState />
        <Offenders day={choice.day} onOpen={setOpened} />
        <Panel title="Functions" flush>
          <FunctionsList choice={choice} onSort={(sort) => apply({ sort })} onOpen={setOpened} />
        </Panel>
      </QueryBoundary>
      <FunctionHistory path={opened} onClose={() => setOpened(null)} />
    </>
  );
}
