"use client";

import { Skeleton } from "@mantine/core";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import { utcDay } from "@/lib/platformTotals";
import { AlertsPanel } from "./AlertsPanel";
import { CompaniesPanel } from "./CompaniesPanel";
import { CostliestPanel } from "./CostliestPanel";
import { FailuresPanel } from "./FailuresPanel";
import { FunnelPanel } from "./FunnelPanel";
import classes from "./Overview.module.css";
import { RevenuePanel } from "./RevenuePanel";
import { SignUpsPanel } from "./SignUpsPanel";
import { StaffTrail } from "./StaffTrail";
import { TrialsPanel } from "./TrialsPanel";

/** The console's first page: how the platform does, and what waits for a person. */
export function Overview() {
  const today = utcDay(useNow());
  const totals = useLiveQuery(api.staff.overview.totals, { today });
  return (
    <div className={classes.grid}>
      <div className={classes.full}>
        <AlertsPanel />
      </div>
      <div className={classes.full}>
        <FailuresPanel />
      </div>
      {totals.status === "error" && (
        <div className={classes.full}>
          <ErrorNotice error={totals.error} />
        </div>
      )}
      {totals.status === "loading" && (
        <div className={classes.full}>
          <Skeleton height={420} radius="lg" aria-label="Loading the figures" />
        </div>
      )}
      {totals.status === "ready" && (
        <>
          <SignUpsPanel signUps={totals.data.signUps} />
          <RevenuePanel mrrCents={totals.data.mrrCents} revenue={totals.data.revenue} />
          <CompaniesPanel companies={totals.data.companies} />
          <FunnelPanel funnel={totals.data.funnel} />
        </>
      )}
      <TrialsPanel />
      <CostliestPanel today={today} />
      <div className={classes.full}>
        <StaffTrail />
      </div>
    </div>
  );
}
