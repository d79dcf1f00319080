"use client";

import { Text } from "@mantine/core";
import { useMember } from "@/components/workspace/MemberContext";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";

type TurnOffDialogProps = {
  name: string;
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
};

/** Asks before somebody loses access. */
export function TurnOffDialog({ name, opened, onClose, onConfirm }: TurnOffDialogProps) {
  const { tenant } = useMember();
  return (
    <ConfirmDialog
      title="Turn off this access?"
      confirm="Turn off access"
      {...{ opened, onClose, onConfirm }}
    >
      <Text size="sm">
        <bdi>{name}</bdi> loses access to <bdi>{tenant.name}</bdi> at once, in open browsers too.
        What they did stays, and you can turn their access on again at any time.
      </Text>
    </ConfirmDialog>
  );
}
