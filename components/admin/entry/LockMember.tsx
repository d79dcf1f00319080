"use client";

import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { TEXT_LIMITS } from "@/lib/limits";
import { useStaff } from "../StaffContext";

type LockMemberProps = {
  tenantId: Id<"tenants">;
  memberId: Id<"members">;
  name: string;
  locked: boolean;
};

/** Locks a member's account, or unlocks it, with a reason. For operators. */
export function LockMember({ tenantId, memberId, name, locked }: LockMemberProps) {
  const { may } = useStaff();
  const dialog = useLazyDisclosure();
  const lock = useMutation(api.staff.locks.lockMember);
  const unlock = useMutation(api.staff.locks.unlockMember);
  const [reason, setReason] = useState("");
  const close = () => {
    setReason("");
    dialog.close();
  };
  const [submit, busy] = useExclusive(async () => {
    try {
      await (locked ? unlock : lock)({ tenantId, memberId, reason });
      toastSuccess(locked ? `${name} is unlocked.` : `${name} is locked out.`);
      close();
    } catch (thrown) {
      toastError(thrown);
    }
  });
  if (!may("operator")) return null;
  const verb = locked ? "Unlock" : "Lock";
  return (
    <>
      <Button size="xs" variant="default" aria-label={`${verb} ${name}`} onClick={dialog.open}>
        {verb}…
      </Button>
      {dialog.wanted && (
        <Modal
          opened={dialog.opened}
          onClose={close}
          title={
            <>
              {verb} <bdi>{name}</bdi>
            </>
          }
          closeButtonProps={{ "aria-label": "Close" }}
        >
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void submit();
            }}
          >
            <Stack gap="md">
              <Text size="sm">
                {locked
                  ? "They can work again, if they could before and the plan has room for them."
                  : "Their access ends at once, also in open windows. Administrators of the company read the reason and cannot turn it on again."}
              </Text>
              <Textarea
                label="Why?"
                name="reason"
                dir="auto"
                autosize
                minRows={2}
                required
                maxLength={TEXT_LIMITS.reason}
                data-autofocus
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
              <Group justify="flex-end" gap="sm">
                <Button variant="default" onClick={close} disabled={busy}>
                  Cancel
                </Button>
                <Button type="submit" color={locked ? undefined : "red"} loading={busy}>
                  {verb}
                </Button>
              </Group>
            </Stack>
          </form>
        </Modal>
      )}
    </>
  );
}
