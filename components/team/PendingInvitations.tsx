"use client";

import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import { InvitationRow } from "./InvitationRow";
import classes from "./Team.module.css";

/** Who is invited and has not joined yet. Nothing when there is nobody. For `team.manage`. */
export function PendingInvitations() {
  const invitations = useLiveQuery(api.invitations.list, {});
  const now = useNow();
  if (invitations.status === "loading") return null;
  if (invitations.status === "error") {
    return (
      <Panel title="Invitations">
        <ErrorNotice error={invitations.error} />
      </Panel>
    );
  }
  if (invitations.data.length === 0) return null;
  return (
    <Panel title="Invitations" flush>
      <ul className={classes.list}>
        {invitations.data.map((invitation) => (
          <InvitationRow key={invitation._id} invitation={invitation} now={now} />
        ))}
      </ul>
    </Panel>
  );
}
