"use client";

import { SegmentedControl } from "@mantine/core";
import { useSearchParams } from "next/navigation";
import { Suspense } from "react";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { Alerts } from "./Alerts";
import { Events } from "./Events";
import { LockPolicies } from "./LockPolicies";
import { PipelineState } from "./PipelineState";
import classes from "./Security.module.css";

const VIEWS = [
  { value: "open", label: "Open" },
  { value: "acknowledged", label: "Acknowledged" },
  { value: "events", label: "All events" },
] as const;
type View = (typeof VIEWS)[number]["value"];

/** What staff should look at: alerts as they come, and what is behind them. */
export function Security() {
  return (
    <>
      <PageHeader
        title="Security"
        description="Alerts come by themselves, seconds after what they are about."
      />
      <QueryBoundary>
        <PipelineState />
      </QueryBoundary>
      <Suspense>
        <Feed />
      </Suspense>
      <Panel title="Automatic locks" className={classes.policies}>
        <QueryBoundary>
          <LockPolicies />
        </QueryBoundary>
      </Panel>
    </>
  );
}

function Feed() {
  const asked = useSearchParams().get("view");
  const view: View = VIEWS.find(({ value }) => value === asked)?.value ?? "open";
  return (
    <>
      <SegmentedControl
        className={classes.views}
        aria-label="Show"
        value={view}
        data={[...VIEWS]}
        onChange={(next) => window.history.pushState(null, "", `/admin/security?view=${next}`)}
      />
      <QueryBoundary resetKey={view}>
        <Panel flush>
          {view === "events" ? <Events about={null} /> : <Alerts key={view} status={view} />}
        </Panel>
      </QueryBoundary>
    </>
  );
}
