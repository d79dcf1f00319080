"use client";

import { Text } from "@mantine/core";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";

type WithdrawDialogProps = {
  email: string;
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
};

/** Asks before a link in somebody's mailbox stops working. */
export function WithdrawDialog({ email, opened, onClose, onConfirm }: WithdrawDialogProps) {
  return (
    <ConfirmDialog
      title="Withdraw this invitation?"
      confirm="Withdraw"
      {...{ opened, onClose, onConfirm }}
    >
      <Text size="sm">
        The link in the mail to <strong>{email}</strong> stops working at once, and the place is
        free again. You can invite them anew at any time.
      </Text>
    </ConfirmDialog>
  );
}
