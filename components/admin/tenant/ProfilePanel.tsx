"use client";

import { Button } from "@mantine/core";
import { useMutation } from "convex/react";
import { Facts } from "@/components/ui/Facts";
import { Panel } from "@/components/ui/Panel";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import { formatCents, formatDate, formatMoment, formatRelative } from "@/lib/format";
import { PLANS } from "@/lib/plans";
import type { StaffTenant } from "./types";

/** Who the company is, how it stands, and since when. */
export function ProfilePanel({ company }: { company: StaffTenant }) {
  const { tenant, summary } = company;
  const now = useNow();
  const recount = useMutation(api.staff.tenants.recount);
  const [count, busy] = useExclusive(async () => {
    try {
      await recount({ tenantId: tenant._id });
    } catch (thrown) {
      toastError(thrown);
    }
  });
  const known = (value: number | undefined, words: (value: number) => string) =>
    value === undefined ? [] : [words(value)];
  return (
    <Panel
      title="Profile"
      aside={
        <Button size="compact-sm" variant="subtle" loading={busy} onClick={() => void count()}>
          Count again
        </Button>
      }
    >
      <Facts
        items={[
          { label: "Id", value: <code>{tenant._id}</code> },
          { label: "Address name", value: tenant.slug },
          { label: "Signed up", value: formatMoment(tenant._creationTime) },
          { label: "Administrators", value: summary?.administrators.join(", ") || null },
          { label: "People", value: summary?.members },
          { label: "Projects", value: summary?.projects },
          { label: "Pays a month", value: summary && formatCents(summary.mrrCents) },
          {
            label: "Last active",
            value: summary && formatRelative(summary.lastActivityAt, now),
          },
          {
            label: "Counted",
            value: summary ? formatRelative(summary.countedAt, now) : "not yet",
          },
          ...known(tenant.pastDueSince, formatDate).map((value) => ({
            label: "Payment overdue since",
            value,
          })),
          ...(tenant.suspension
            ? [
                {
                  label: "Suspended",
                  value: `${formatDate(tenant.suspension.since)}: ${tenant.suspension.reason}`,
                },
              ]
            : []),
          ...(tenant.closing
            ? [
                {
                  label: "Closes",
                  value: `${formatDate(tenant.closing.closesAt)}, asked for by ${tenant.closing.requestedBy}`,
                },
              ]
            : []),
          ...known(tenant.closedAt, formatDate).map((value) => ({ label: "Closed", value })),
          ...known(tenant.withoutAdministratorSince, formatDate).map((value) => ({
            label: "Without administrator since",
            value,
          })),
          ...(tenant.planWish
            ? [{ label: "Asked for at sign-up", value: PLANS[tenant.planWish].name }]
            : []),
          ...(summary?.billingProblem
            ? [{ label: "Payment problem", value: summary.billingProblem }]
            : []),
        ]}
      />
    </Panel>
  );
}
