"use client";

import { Button, Checkbox, Group, Loader, Modal, Stack, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState } from "react";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useOwnMember } from "@/components/workspace/useOwnMember";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";

type ChooseWhoStaysProps = {
  /** How many the plan has room for. */
  limit: number;
  opened: boolean;
  onClose: () => void;
};

/** The company's people, of whom the administrator picks those who keep their access. */
export function ChooseWhoStays({ limit, opened, onClose }: ChooseWhoStaysProps) {
  const member = useOwnMember();
  const names = useLiveQuery(api.members.names, opened ? {} : "skip");
  const deactivate = useMutation(api.members.deactivate);
  const [staying, setStaying] = useState<Id<"members">[]>([member._id]);
  const people =
    names.status === "ready" ? names.data.filter(({ status }) => status === "active") : [];
  const leaving = people.filter(({ _id }) => !staying.includes(_id));
  const isTooMany = people.length - leaving.length > limit;

  const [turnOff, busy] = useExclusive(async () => {
    try {
      for (const { _id: memberId } of leaving) await deactivate({ memberId });
      toastSuccess("Done. What they made stays, and you can turn their access on again later.");
      onClose();
    } catch (thrown) {
      // Whose access was turned off already is gone from the list; the rest can be tried again.
      toastError(thrown);
    }
  });

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Who stays?"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack gap="md">
        <Text size="sm">
          Pick {limit === 1 ? "the one person who keeps" : `up to ${limit} people who keep`} access.
          The others lose it at once; what they made stays. Invitations that wait take a place, too:
          withdraw them on the Team page.
        </Text>
        {names.status === "loading" && <Loader size="sm" aria-label="Loading the team" />}
        {names.status === "error" && <ErrorNotice error={names.error} />}
        <Stack gap="xs" role="group" aria-label="People with access">
          {people.map(({ _id, name }) => (
            <Checkbox
              key={_id}
              label={<bdi>{_id === member._id ? `${name} (you)` : name}</bdi>}
              checked={staying.includes(_id)}
              disabled={_id === member._id || busy}
              onChange={(event) => {
                const { checked } = event.currentTarget;
                setStaying((ids) => (checked ? [...ids, _id] : ids.filter((id) => id !== _id)));
              }}
            />
          ))}
        </Stack>
        {isTooMany && (
          <Text size="sm" c="red" role="status">
            That is more than the plan has room for.
          </Text>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={busy}>
            Cancel
          </Button>
          <Button
            color="red"
            loading={busy}
            disabled={leaving.length === 0 || isTooMany}
            onClick={() => void turnOff()}
          >
            {leaving.length === 1
              ? "Turn off 1 person’s access"
              : `Turn off access of ${leaving.length} people`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
