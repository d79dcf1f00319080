"use client";

import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import dynamic from "next/dynamic";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { api } from "@/convex/_generated/api";
import { invitationState } from "./invitationWords";
import { RoleBadges } from "./RoleBadges";
import classes from "./Team.module.css";
import type { Invitation } from "./types";

const WithdrawDialog = dynamic(() => import("./WithdrawDialog").then((m) => m.WithdrawDialog));

/** One invitation: to whom, in which roles, how far it is, and what can be done about it. */
export function InvitationRow({ invitation, now }: { invitation: Invitation; now: number }) {
  const resend = useMutation(api.invitations.resend);
  const revoke = useMutation(api.invitations.revoke);
  const asking = useLazyDisclosure();
  const { _id: invitationId, email, status } = invitation;
  const { words, trouble } = invitationState(invitation, now);

  const [sendAgain, sending] = useExclusive(async () => {
    try {
      await resend({ invitationId });
      toastSuccess(`A new invitation to ${email} is on its way.`);
    } catch (thrown) {
      toastError(thrown);
    }
  });
  const [withdraw, withdrawing] = useExclusive(async () => {
    try {
      await revoke({ invitationId });
      toastSuccess(
        status === "expired"
          ? "Removed from the list."
          : `The invitation to ${email} is withdrawn.`,
      );
    } catch (thrown) {
      toastError(thrown);
    }
  });

  return (
    <li className={classes.row}>
      <div className={classes.who}>
        <span className={classes.name}>{email}</span>
        <Text
          component="span"
          size="sm"
          c={trouble ? "error" : "dimmed"}
          role={trouble ? "status" : undefined}
        >
          {words}
        </Text>
      </div>
      <div className={classes.roles}>
        <RoleBadges roles={invitation.roles} primaryRole={invitation.primaryRole} />
      </div>
      <Group gap="xs">
        <Button
          variant="default"
          size="xs"
          loading={sending}
          onClick={() => void sendAgain()}
          aria-label={`Send the invitation to ${email} again`}
        >
          {trouble ? "Try again" : "Send again"}
        </Button>
        <Button
          variant="subtle"
          color="red"
          size="xs"
          loading={withdrawing}
          onClick={status === "expired" ? () => void withdraw() : asking.open}
          aria-label={`${status === "expired" ? "Remove" : "Withdraw"} the invitation to ${email}`}
        >
          {status === "expired" ? "Remove" : "Withdraw"}
        </Button>
      </Group>
      {asking.wanted && (
        <WithdrawDialog
          email={email}
          opened={asking.opened}
          onClose={asking.close}
          onConfirm={() => void withdraw()}
        />
      )}
    </li>
  );
}
