"use client";

import { useSearchParams } from "next/navigation";
import { ButtonLink } from "@/components/ui/links";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { CaptureLeadButton } from "./CaptureLeadButton";
import { LeadsAllowance } from "./LeadsAllowance";
import { LeadsFilterBar } from "./LeadsFilterBar";
import { filterFrom, filterHref, type LeadsFilter, NOBODY } from "./leadsFilter";
import { LeadsList } from "./LeadsList";

/** The company's leads, newest first, filtered by what the address says. */
export function Leads() {
  const { can, canAsMember, member } = useMember();
  const filter = filterFrom(useSearchParams());
  const campaigns = useLiveQuery(api.campaigns.list, {});
  const workers = useLiveQuery(api.leads.workers, {});
  const known = {
    campaigns: campaigns.status === "ready" ? campaigns.data : [],
    workers: workers.status === "ready" ? workers.data : [],
  };
  const query = {
    status: filter.status ?? undefined,
    campaignId: known.campaigns.find(({ _id }) => _id === filter.campaign)?._id,
    assigneeId:
      filter.assignee === NOBODY
        ? null
        : known.workers.find(({ _id }) => _id === filter.assignee)?._id,
    words: filter.q ?? undefined,
  };

  // The address alone changes: Next keeps useSearchParams() in step without asking the server.
  const apply = (change: Partial<LeadsFilter>) =>
    window.history.pushState(null, "", filterHref({ ...filter, ...change }));

  return (
    <>
      <PageHeader
        title="Leads"
        description="People who might want a system, until each is a project or is lost."
        actions={
          <>
            {can("campaigns.manage") && (
              <ButtonLink variant="default" href="/leads/campaigns">
                Campaigns and forms
              </ButtonLink>
            )}
            {canAsMember("leads.write") && (
              <ButtonLink variant="default" href="/leads/import">
                Import
              </ButtonLink>
            )}
            {can("leads.write") && <CaptureLeadButton />}
          </>
        }
      />
      <LeadsAllowance />
      <LeadsFilterBar filter={filter} {...known} ownId={member?._id ?? null} onChange={apply} />
      <Panel flush>
        <QueryBoundary resetKey={filterHref(filter)}>
          <LeadsList query={query} filter={filter} {...known} onChange={apply} />
        </QueryBoundary>
      </Panel>
    </>
  );
}
