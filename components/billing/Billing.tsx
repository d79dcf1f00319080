"use client";

import { Skeleton } from "@mantine/core";
import { AnchorLink } from "@/components/ui/links";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { api } from "@/convex/_generated/api";
import classes from "./Billing.module.css";
import { CheckoutReturn } from "./CheckoutReturn";
import { InvoicesPanel } from "./InvoicesPanel";
import { PlanPanel } from "./PlanPanel";
import { TooManyPeople } from "./TooManyPeople";
import { UsagePanel } from "./UsagePanel";

/** The plan, what is used of it, and what was paid. For members with `billing.manage`. */
export function Billing() {
  return (
    <RequirePermission permission="billing.manage">
      <PageHeader
        title="Billing"
        description="Your plan, what you use of it, and your invoices."
        actions={
          <AnchorLink href="/pricing" size="sm">
            Compare plans
          </AnchorLink>
        }
      />
      <Panels />
    </RequirePermission>
  );
}

function Panels() {
  const account = useLiveQuery(api.billing.account, {});
  const usage = useLiveQuery(api.billing.usage, {});
  if (account.status === "error") return <ErrorNotice error={account.error} />;
  if (usage.status === "error") return <ErrorNotice error={usage.error} />;
  if (account.status === "loading" || usage.status === "loading") {
    return (
      <div role="status" aria-label="Loading your billing" className={classes.panels}>
        {[150, 220, 120].map((height) => (
          <Panel key={height}>
            <Skeleton height={height} radius="md" />
          </Panel>
        ))}
      </div>
    );
  }
  return (
    <div className={classes.panels}>
      <CheckoutReturn account={account.data} />
      <TooManyPeople usage={usage.data} />
      <PlanPanel account={account.data} usage={usage.data} />
      <UsagePanel usage={usage.data} />
      <InvoicesPanel account={account.data} />
    </div>
  );
}
