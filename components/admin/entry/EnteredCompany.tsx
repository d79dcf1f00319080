"use client";

import { Button, Skeleton, Text } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import type { ReactNode } from "react";
import { NO_FILTER } from "@/components/settings/audit/auditFilter";
import { AuditLines } from "@/components/settings/audit/AuditLines";
import { Panel } from "@/components/ui/Panel";
import { QueryBoundary } from "@/components/ui/QueryBoundary";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { formatMoment } from "@/lib/format";
import { LockMember } from "./LockMember";
import classes from "./EnteredCompany.module.css";

const PAGE = 10;

/** What only somebody in the company sees of it: its people, its mail, its audit trail. */
export function EnteredCompany({ tenantId }: { tenantId: Id<"tenants"> }) {
  return (
    <QueryBoundary>
      <People tenantId={tenantId} />
      <Mail />
      <Panel title="Audit trail" flush>
        <AuditLines filter={NO_FILTER} />
      </Panel>
    </QueryBoundary>
  );
}

function People({ tenantId }: { tenantId: Id<"tenants"> }) {
  const people = usePaginatedQuery(api.members.list, {}, { initialNumItems: PAGE });
  return (
    <Panel title="People" flush>
      <Lines label="People" list={people}>
        {people.results.map((person) => (
          <li key={person._id} className={classes.line}>
            <div className={classes.words}>
              <p className={classes.first}>
                <strong>
                  <bdi>{person.name}</bdi>
                </strong>{" "}
                <span className={classes.address}>{person.email}</span>
              </p>
              <Text size="sm" c="dimmed">
                {person.roles.join(", ")}
                {person.status === "deactivated" &&
                  (person.lock ? ` · locked by Sunup: ${person.lock.reason}` : " · no access")}
              </Text>
            </div>
            <LockMember
              tenantId={tenantId}
              memberId={person._id}
              name={person.name}
              locked={person.lock !== undefined}
            />
          </li>
        ))}
      </Lines>
    </Panel>
  );
}

function Mail() {
  const mail = usePaginatedQuery(api.mailLog.recent, {}, { initialNumItems: PAGE });
  return (
    <Panel title="Mail" flush>
      <Lines label="Mail" list={mail}>
        {mail.results.map(({ _id, _creationTime, kind, to, status, attempts, lastError }) => (
          <li key={_id} className={classes.line}>
            <div className={classes.words}>
              <p className={classes.first}>
                <strong>{kind}</strong> to <span className={classes.address}>{to}</span>
              </p>
              <Text size="sm" c={lastError ? "red" : "dimmed"}>
                {formatMoment(_creationTime)} · {status} ·{" "}
                {attempts === 1 ? "1 attempt" : `${attempts} attempts`}
                {lastError && ` · ${lastError}`}
              </Text>
            </div>
          </li>
        ))}
      </Lines>
    </Panel>
  );
}

type LinesProps = {
  label: string;
  list: { status: string; results: unknown[]; loadMore: (count: number) => void };
  children: ReactNode;
};

function Lines({ label, list, children }: LinesProps) {
  if (list.status === "LoadingFirstPage") {
    return <Skeleton height={120} m="md" radius="md" aria-label={`Loading: ${label}`} />;
  }
  if (list.results.length === 0) {
    return (
      <Text size="sm" c="dimmed" p="md">
        Nothing yet.
      </Text>
    );
  }
  return (
    <>
      <ul className={classes.lines} aria-label={label}>
        {children}
      </ul>
      {list.status !== "Exhausted" && (
        <Button
          m="md"
          variant="default"
          size="xs"
          loading={list.status === "LoadingMore"}
          onClick={() => list.loadMore(PAGE)}
        >
          Show more
        </Button>
      )}
    </>
  );
}
