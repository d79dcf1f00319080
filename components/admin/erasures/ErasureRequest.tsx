"use client";

import { Button, Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "convex/react";
import { useRouter } from "next/navigation";
import { useStaff } from "@/components/admin/StaffContext";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { Facts } from "@/components/ui/Facts";
import { Panel } from "@/components/ui/Panel";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { formatMoment } from "@/lib/format";
import type { Erasure } from "./types";

/** An erasure that waits for a second person: who wants it and why, to confirm or to withdraw. */
export function ErasureRequest({ erasure }: { erasure: Erasure }) {
  const { _id: erasureId, companyName, requestedBy } = erasure;
  const me = useStaff();
  const router = useRouter();
  const [opened, dialog] = useDisclosure();
  const confirmErasure = useMutation(api.staff.erasures.confirm);
  const withdrawErasure = useMutation(api.staff.erasures.withdraw);
  const [confirm, confirming] = useExclusive(async () => {
    try {
      await confirmErasure({ erasureId });
      router.push(`/admin/erasures/${erasureId}`);
    } catch (thrown) {
      toastError(thrown);
    }
  });
  const [withdraw, withdrawing] = useExclusive(async () => {
    try {
      await withdrawErasure({ erasureId });
      toastSuccess("The company will not be erased.");
    } catch (thrown) {
      toastError(thrown);
    }
  });
  const isMine = requestedBy === me._id;
  return (
    <Panel title="This company is to be erased">
      <Facts
        items={[
          { label: "Asked for by", value: erasure.requestedByName },
          { label: "Asked for on", value: formatMoment(erasure.requestedAt) },
          { label: "Reason", value: <bdi>{erasure.reason}</bdi> },
        ]}
      />
      {me.may("operator") && (
        <>
          <Text size="sm" mt="md">
            {isMine
              ? "You asked for it, so somebody else of the staff has to confirm."
              : "Nothing is touched until you confirm. Afterwards nobody can take it back."}
          </Text>
          <Group gap="sm" mt="md">
            {!isMine && (
              <Button color="red" loading={confirming} onClick={dialog.open}>
                Confirm the erasure…
              </Button>
            )}
            <Button variant="default" loading={withdrawing} onClick={() => void withdraw()}>
              Withdraw
            </Button>
          </Group>
          <ConfirmDialog
            title={`Erase ${companyName} for good?`}
            confirm="Erase everything"
            opened={opened}
            onClose={dialog.close}
            onConfirm={() => void confirm()}
          >
            <Text size="sm">
              All rows and files of <bdi>{companyName}</bdi> go, with the accounts of its people and
              its customer at Stripe. Its people are out at once. Nobody can bring it back, Sunup
              neither.
            </Text>
          </ConfirmDialog>
        </>
      )}
    </Panel>
  );
}
