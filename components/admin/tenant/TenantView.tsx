"use client";

import { Skeleton } from "@mantine/core";
import { IconBuildingOff } from "@tabler/icons-react";
import { usePaginatedQuery } from "convex/react";
import { ErasureRequest } from "@/components/admin/erasures/ErasureRequest";
import { EntryPanel } from "@/components/admin/entry/EntryPanel";
import { useStaff } from "@/components/admin/StaffContext";
import { TenantStatusBadge } from "@/components/admin/tenants/TenantStatusBadge";
import { TRAIL_PAGE, TrailPanel } from "@/components/admin/TrailPanel";
import { UsagePanel } from "@/components/billing/UsagePanel";
import { AnchorLink, ButtonLink } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { entitlementsOf } from "@/lib/entitlements";
import { errorData } from "@/lib/errors";
import { limitOf } from "@/lib/usage";
import { DeploymentPanel } from "./DeploymentPanel";
import { EntitlementsPanel } from "./EntitlementsPanel";
import { LifeMenu } from "./LifeMenu";
import { NotesPanel } from "./NotesPanel";
import { ProfilePanel } from "./ProfilePanel";
import classes from "./Tenant.module.css";
import type { StaffTenant } from "./types";
import { WebhooksPanel } from "./WebhooksPanel";

/** One company as Sunup's staff see it. */
export function TenantView({ tenantId }: { tenantId: string }) {
  const company = useLiveQuery(api.staff.tenants.get, { tenantId });
  if (company.status === "ready") return <TenantBody company={company.data} />;
  if (company.status === "loading") {
    return (
      <div role="status" aria-label="Loading the company" className={classes.columns}>
        {[260, 320].map((height) => (
          <Panel key={height}>
            <Skeleton height={height} radius="md" />
          </Panel>
        ))}
      </div>
    );
  }
  if (errorData(company.error)?.code !== "NOT_FOUND") return <ErrorNotice error={company.error} />;
  return (
    <Notice
      order={1}
      icon={<IconBuildingOff size={26} stroke={1.6} aria-hidden />}
      title="Company not found"
      actions={<ButtonLink href="/admin/tenants">Go to all companies</ButtonLink>}
    >
      There is no company with this id, or it was erased: then its certificate is under Erasures.
      Check the address, or look for it in the list.
    </Notice>
  );
}

function TenantBody({ company }: { company: StaffTenant }) {
  const { tenant } = company;
  const { may } = useStaff();
  return (
    <>
      <AnchorLink href="/admin/tenants" size="sm">
        All companies
      </AnchorLink>
      <PageHeader
        title={<bdi>{tenant.name}</bdi>}
        description={<TenantStatusBadge status={tenant.status} />}
        actions={may("operator") && <LifeMenu company={company} />}
      />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Erasure tenantId={tenant._id} />
          <ProfilePanel company={company} />
          <Usage company={company} />
          <EntryPanel tenantId={tenant._id} companyName={tenant.name} />
          <NotesPanel tenantId={tenant._id} />
        </div>
        <div className={classes.column}>
          <EntitlementsPanel company={company} />
          <History tenantId={tenant._id} />
          <DeploymentPanel tenantId={tenant._id} />
          <WebhooksPanel tenantId={tenant._id} />
        </div>
      </div>
    </>
  );
}

/** That somebody of the staff wants the company erased, for another one to confirm. */
function Erasure({ tenantId }: { tenantId: Id<"tenants"> }) {
  const erasure = useLiveQuery(api.staff.erasures.ofTenant, { tenantId });
  if (erasure.status !== "ready" || erasure.data?.state !== "requested") return null;
  return <ErasureRequest erasure={erasure.data} />;
}

/** What the company uses of its limits, as it was counted last, and the leads of the months before. */
function Usage({ company: { tenant, summary } }: { company: StaffTenant }) {
  const now = useNow();
  if (summary === null) return null;
  const { limits } = entitlementsOf(tenant, now);
  const usage = summary.usage.map(({ metric, used }) => ({
    metric,
    used,
    limit: limitOf(limits, metric),
    history: metric === "leads" ? summary.leadMonths : [],
  }));
  return <UsagePanel title="What they use" usage={usage} />;
}

function History({ tenantId }: { tenantId: Id<"tenants"> }) {
  const trail = usePaginatedQuery(
    api.staff.trail.ofTenant,
    { tenantId },
    { initialNumItems: TRAIL_PAGE },
  );
  return <TrailPanel title="What staff did here" trail={trail} />;
}
