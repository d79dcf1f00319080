"use client";

import { Badge, Button, Drawer } from "@mantine/core";
import type { Doc } from "@/convex/_generated/dataModel";
import { AnchorLink } from "@/components/ui/links";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useNow } from "@/components/ui/useNow";
import { formatMoment, formatRelative } from "@/lib/format";
import { isLockable } from "@/lib/security";
import { LockMember } from "../entry/LockMember";
import { AcknowledgeAlert } from "./AcknowledgeAlert";
import { Events } from "./Events";
import classes from "./Security.module.css";
import { alertWords } from "./securityWords";

/** One alert: what it is about, how often, and what can be done about it. */
export function AlertRow({ alert }: { alert: Doc<"securityAlerts"> }) {
  const { kind, subjectName, tenant, tenantName, userId, member } = alert;
  const { count, lastAt, acknowledged, lockedSince, lockedByPolicy } = alert;
  const isLocked = lockedSince !== undefined;
  const now = useNow();
  const history = useLazyDisclosure();
  const about =
    userId !== undefined ? { person: userId } : tenant !== undefined ? { tenant } : null;
  return (
    <li className={classes.item}>
      <p className={classes.words}>
        <span className={classes.what}>{alertWords(kind)}</span>: <bdi>{subjectName}</bdi>
        <span className={classes.more}>
          {tenant && (
            <>
              <AnchorLink href={`/admin/tenants/${tenant}`}>
                <bdi>{tenantName ?? "The company"}</bdi>
              </AnchorLink>
              {" · "}
            </>
          )}
          {count === 1 ? "Once" : `${count} times`}, last{" "}
          <time dateTime={new Date(lastAt).toISOString()} title={formatMoment(lastAt)}>
            {formatRelative(lastAt, now)}
          </time>
        </span>
        {acknowledged && (
          <span className={classes.more}>
            {acknowledged.staffName}, {formatMoment(acknowledged.at)}:{" "}
            <bdi>{acknowledged.note}</bdi>
          </span>
        )}
      </p>
      <div className={classes.tools}>
        {about && (
          <Button
            size="xs"
            variant="default"
            aria-label={`History of ${subjectName}`}
            onClick={history.open}
          >
            History
          </Button>
        )}
        {isLocked && (
          <Badge color="red" variant="light" title={`Since ${formatMoment(lockedSince)}`}>
            {lockedByPolicy ? "Locked by policy" : "Locked"}
          </Badge>
        )}
        {tenant && member && isLockable(kind) && (isLocked || !acknowledged) && (
          <LockMember tenantId={tenant} memberId={member} name={subjectName} locked={isLocked} />
        )}
        {!acknowledged && <AcknowledgeAlert alertId={alert._id} subjectName={subjectName} />}
      </div>
      {about && history.wanted && (
        <Drawer
          opened={history.opened}
          onClose={history.close}
          position="right"
          size="lg"
          title={
            <>
              What <bdi>{subjectName}</bdi> did
            </>
          }
          closeButtonProps={{ "aria-label": "Close" }}
        >
          <Events about={about} />
        </Drawer>
      )}
    </li>
  );
}
