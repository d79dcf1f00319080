"use client";

import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconArrowBackUp, IconDots, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { formatCents, formatDay } from "@/lib/format";
import { PERMIT_KIND_NAMES, permitStatus, type Round } from "@/lib/permits";
import { PermitStatusBadge } from "./PermitStatusBadge";
import classes from "./PermitsPanel.module.css";
import { expectedText, NEXT_ACTION, standingText, STATUS_NAMES, today } from "./permitWords";
import type { Permit } from "./types";

const StepDialog = dynamic(() => import("./StepDialog").then((m) => m.StepDialog));
const PermitDialog = dynamic(() => import("./PermitDialog").then((m) => m.PermitDialog));
const ConfirmDialog = dynamic(() =>
  import("@/components/ui/ConfirmDialog").then((m) => m.ConfirmDialog),
);

type PermitCardProps = { permit: Permit; editable: boolean };

/** One permit: where it stands, for whom it waits, its one next step, and its rounds so far. */
export function PermitCard({ permit, editable }: PermitCardProps) {
  const { _id: permitId, kind, title, rounds, revision, referenceNumber, feeCents } = permit;
  const undo = useMutation(api.permits.undo);
  const remove = useMutation(api.permits.remove);
  const [open, setOpen] = useState<"step" | "edit" | "remove" | null>(null);
  const [on] = useState(today);
  const close = () => setOpen(null);
  const status = permitStatus(rounds);
  const last = rounds.at(-1)?.outcome;
  const action = NEXT_ACTION[status];

  const [undoLast, undoing] = useExclusive(async () => {
    try {
      await undo({ permitId, revision });
      toastSuccess(`“${STATUS_NAMES[status]}” taken back.`);
    } catch (thrown) {
      toastError(thrown);
    }
  });
  const [removeNow] = useExclusive(async () => {
    try {
      await remove({ permitId, revision });
      toastSuccess("Removed.");
    } catch (thrown) {
      toastError(thrown);
    }
  });

  const expected = expectedText(permit, on);
  const icon = { size: 16, stroke: 1.7, "aria-hidden": true } as const;
  return (
    <article className={classes.card} aria-label={title}>
      <div className={classes.head}>
        <h3 className={classes.title}>
          <bdi>{title}</bdi>
        </h3>
        <PermitStatusBadge rounds={rounds} />
        {editable && (
          <div className={classes.tools}>
            {action && (
              <Button size="xs" onClick={() => setOpen("step")} aria-label={`${action}: ${title}`}>
                {action}
              </Button>
            )}
            <Menu position="bottom-end" width={210} portalProps={{ target: "#content" }}>
              <Menu.Target>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={32}
                  aria-label={`What to do with ${title}`}
                  loading={undoing}
                >
                  <IconDots {...icon} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item leftSection={<IconPencil {...icon} />} onClick={() => setOpen("edit")}>
                  Edit
                </Menu.Item>
                {rounds.length > 0 && (
                  <Menu.Item
                    leftSection={<IconArrowBackUp {...icon} />}
                    onClick={() => void undoLast()}
                  >
                    Undo “{STATUS_NAMES[status]}”
                  </Menu.Item>
                )}
                <Menu.Divider />
                <Menu.Item
                  color="red"
                  leftSection={<IconTrash {...icon} />}
                  onClick={() => setOpen("remove")}
                >
                  Remove
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          </div>
        )}
      </div>
      <p className={classes.standing}>{standingText(permit, on)}</p>
      {(expected ?? referenceNumber ?? feeCents) !== undefined && (
        <p className={classes.notes}>
          {expected && <span>{expected}</span>}
          {referenceNumber && (
            <span>
              No. <bdi>{referenceNumber}</bdi>
            </span>
          )}
          {feeCents !== undefined && <span>Fee {formatCents(feeCents)}</span>}
        </p>
      )}
      {last?.kind === "rejected" && (
        <p className={classes.reason} dir="auto">
          {last.reason}
        </p>
      )}
      {rounds.length > 1 && (
        <details className={classes.rounds}>
          <summary>{rounds.length} submissions</summary>
          <ol>
            {rounds.map((round, index) => (
              <li key={index}>{roundText(round)}</li>
            ))}
          </ol>
        </details>
      )}
      {open === "step" && <StepDialog permit={permit} onClose={close} />}
      {open === "edit" && (
        <PermitDialog projectId={permit.projectId} kind={kind} permit={permit} onClose={close} />
      )}
      {open === "remove" && (
        <ConfirmDialog
          title={`Remove this ${PERMIT_KIND_NAMES[kind].toLowerCase()}?`}
          confirm="Remove"
          opened
          onClose={close}
          onConfirm={() => void removeNow()}
        >
          <bdi>{title}</bdi> leaves the job with its submissions. The timeline keeps what happened.
        </ConfirmDialog>
      )}
    </article>
  );
}

function roundText({ submittedOn, outcome }: Round): string {
  const start = `Submitted ${formatDay(submittedOn)}`;
  if (outcome === undefined) return `${start}, no answer yet.`;
  if (outcome.kind === "approved") return `${start}, approved ${formatDay(outcome.on)}.`;
  return `${start}, sent back ${formatDay(outcome.on)}: ${outcome.reason}`;
}
