"use client";

import { Button, Group } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useStaff } from "@/components/admin/StaffContext";
import { Panel } from "@/components/ui/Panel";
import { useNow } from "@/components/ui/useNow";
import { isInForce } from "@/lib/entitlements";
import { formatDate, formatDay } from "@/lib/format";
import { overrideText } from "@/lib/planWords";
import { PLANS } from "@/lib/plans";
import { type Entitlement, entitlementRows } from "./entitlementRows";
import { lastDayOf } from "./lastDay";
import classes from "./Tenant.module.css";
import type { StaffTenant } from "./types";

const PlanDialog = dynamic(() => import("./PlanDialog").then((m) => m.PlanDialog));
const OverrideDialog = dynamic(() => import("./OverrideDialog").then((m) => m.OverrideDialog));
const ResetDialog = dynamic(() => import("./ResetDialog").then((m) => m.ResetDialog));

/** What is being changed: the plan, or the limit or feature of that name. */
type Opened = { kind: "plan" | "takePlanBack" } | { kind: "set" | "reset"; name: string } | null;

/** The plan and every limit and feature: what is in force, and what staff set of it. */
export function EntitlementsPanel({ company }: { company: StaffTenant }) {
  const mayChange = useStaff().may("operator");
  const now = useNow();
  const [opened, setOpened] = useState<Opened>(null);
  const rows = entitlementRows(company.tenant, now);
  const row = rows.find(({ name }) => opened && "name" in opened && opened.name === name);
  const onClose = () => setOpened(null);
  const { plan, planGrant, trialEndsAt } = company.tenant;
  return (
    <Panel title="Plan, limits and features" flush>
      <ul className={classes.rows}>
        <li>
          <div className={classes.entitlement}>
            <span className={classes.label}>Plan</span>
            <strong>{PLANS[plan].name}</strong>
            {trialEndsAt !== undefined && (
              <span className={classes.note}>Trial until {formatDate(trialEndsAt)}</span>
            )}
            {planGrant && <SetBy set={planGrant} now={now} />}
          </div>
          {mayChange && (
            <Group gap="xs">
              <Button size="xs" variant="default" onClick={() => setOpened({ kind: "plan" })}>
                Give a plan…
              </Button>
              {planGrant && (
                <Button
                  size="xs"
                  variant="subtle"
                  onClick={() => setOpened({ kind: "takePlanBack" })}
                >
                  Take back…
                </Button>
              )}
            </Group>
          )}
        </li>
        {rows.map((each) => (
          <EntitlementRow
            key={each.name}
            row={each}
            now={now}
            mayChange={mayChange}
            onOpen={(kind) => setOpened({ kind, name: each.name })}
          />
        ))}
      </ul>
      {opened?.kind === "plan" && <PlanDialog company={company} onClose={onClose} />}
      {opened?.kind === "takePlanBack" && (
        <ResetDialog company={company} name="Plan" onClose={onClose} />
      )}
      {opened?.kind === "set" && row && (
        <OverrideDialog company={company} row={row} onClose={onClose} />
      )}
      {opened?.kind === "reset" && row && (
        <ResetDialog company={company} target={row.target} name={row.name} onClose={onClose} />
      )}
    </Panel>
  );
}

type EntitlementRowProps = {
  row: Entitlement;
  now: number;
  mayChange: boolean;
  onOpen: (kind: "set" | "reset") => void;
};

function EntitlementRow({ row, now, mayChange, onOpen }: EntitlementRowProps) {
  const { name, planned, override, expired } = row;
  return (
    <li>
      <div className={classes.entitlement}>
        <span className={classes.label}>{name}</span>
        <strong>{overrideText(row.now)}</strong>
        {override && !expired && (
          <span className={classes.note}>instead of {overrideText(planned)}</span>
        )}
        {override && <SetBy set={override} now={now} />}
      </div>
      {mayChange && (
        <Group gap="xs">
          <Button
            size="xs"
            variant="default"
            aria-label={`Set: ${name}`}
            onClick={() => onOpen("set")}
          >
            Set…
          </Button>
          {override && (
            <Button
              size="xs"
              variant="subtle"
              aria-label={`Take back: ${name}`}
              onClick={() => onOpen("reset")}
            >
              Take back…
            </Button>
          )}
        </Group>
      )}
    </li>
  );
}

type SetByProps = {
  set: { reason?: string; by?: string; at?: number; expiresAt?: number };
  now: number;
};

/** Who set it, why, and until when; once its time is over, that. */
function SetBy({ set, now }: SetByProps) {
  const { reason, by, at, expiresAt } = set;
  const until = expiresAt !== undefined && formatDay(lastDayOf(expiresAt));
  return (
    <span className={classes.note}>
      {isInForce(set, now) ? "Set" : `Expired on ${until}, set`}
      {by && ` by ${by}`}
      {at !== undefined && ` on ${formatDate(at)}`}
      {until && isInForce(set, now) && ` until ${until}`}
      {reason && (
        <>
          : “<bdi>{reason}</bdi>”
        </>
      )}
    </span>
  );
}
