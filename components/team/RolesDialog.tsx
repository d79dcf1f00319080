"use client";

import { Alert, Button, Group, Modal, Stack } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState } from "react";
import { FormAlert } from "@/components/auth/FormAlert";
import { toastError, toastUndo } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { describeError } from "@/lib/errors";
import { ADMINISTRATOR } from "@/lib/roles";
import { RolesFields, type ChosenRoles } from "./RolesFields";
import type { TeamMember } from "./types";

type RolesDialogProps = {
  member: TeamMember;
  isYou: boolean;
  opened: boolean;
  onClose: () => void;
};

/** Changes somebody's roles; open browsers follow at once. */
export function RolesDialog({ member, isYou, opened, onClose }: RolesDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={
        <>
          Roles of <bdi>{member.name}</bdi>
        </>
      }
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {/* Starts anew with every opening, and when somebody else has changed the roles. */}
      {opened && <RolesForm key={member.roles.join()} {...{ member, isYou, onClose }} />}
    </Modal>
  );
}

function RolesForm({ member, isYou, onClose }: Omit<RolesDialogProps, "opened">) {
  const changeRoles = useMutation(api.members.changeRoles);
  const { _id: memberId, name } = member;
  const before: ChosenRoles = { roles: member.roles, primaryRole: member.primaryRole };
  const [value, setValue] = useState(before);
  const [problem, setProblem] = useState<string>();
  const empty = value.roles.length === 0;

  const [save, busy] = useExclusive(async () => {
    if (empty) return;
    setProblem(undefined);
    try {
      await changeRoles({ memberId, ...value, seen: before.roles });
    } catch (thrown) {
      const { message, nextStep } = describeError(thrown);
      setProblem(`${message} ${nextStep}`);
      return;
    }
    onClose();
    toastUndo(`Roles of ${name} changed.`, () => {
      changeRoles({ memberId, ...before, seen: value.roles }).catch(toastError);
    });
  });

  const losesOwnRights =
    isYou && before.roles.includes(ADMINISTRATOR) && !value.roles.includes(ADMINISTRATOR);
  return (
    <Stack gap="lg">
      <FormAlert>{problem}</FormAlert>
      <RolesFields
        value={value}
        onChange={setValue}
        error={empty ? "Choose at least one role." : undefined}
      />
      {losesOwnRights && (
        <Alert color="sun" role="status">
          You give up your own rights to manage the team. Only another administrator can give them
          back.
        </Alert>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} disabled={busy}>
          Cancel
        </Button>
        <Button onClick={() => void save()} loading={busy} disabled={empty}>
          Save roles
        </Button>
      </Group>
    </Stack>
  );
}
