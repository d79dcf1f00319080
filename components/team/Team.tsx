"use client";

import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { useMember } from "@/components/workspace/MemberContext";
import { InviteButton } from "./InviteButton";
import { MemberDirectory } from "./MemberDirectory";
import { PendingInvitations } from "./PendingInvitations";
import { SeatsMeter } from "./SeatsMeter";
import classes from "./Team.module.css";

/** Who works in this company, in which roles; for administrators also who is invited, and the seats. */
export function Team() {
  const { tenant, can } = useMember();
  const manages = can("team.manage");
  return (
    <>
      <PageHeader
        title="Team"
        description={
          <>
            Everybody with access to <bdi>{tenant.name}</bdi>, and what they may do.
          </>
        }
        actions={manages && <InviteButton />}
      />
      <div className={classes.panels}>
        {manages && <SeatsMeter />}
        {manages && <PendingInvitations />}
        <Panel flush>
          <QueryBoundary>
            <MemberDirectory />
          </QueryBoundary>
        </Panel>
      </div>
    </>
  );
}
