"use client";

import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "convex/react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { describeError } from "@/lib/errors";
import { TEXT_LIMITS } from "@/lib/limits";
import type { LeadDetail } from "./types";

type ConvertLeadDialogProps = { lead: LeadDetail; opened: boolean; onClose: () => void };

/** Names the project that a lead becomes; the project opens. */
export function ConvertLeadDialog({ lead, opened, onClose }: ConvertLeadDialogProps) {
  const { can } = useMember();
  const router = useRouter();
  const convert = useMutation(api.leads.convert);
  const [name, setName] = useState(lead.name);
  const [error, setError] = useState<string | null>(null);
  const [submit, busy] = useExclusive(async () => {
    try {
      const projectId = await convert({ leadId: lead._id, projectName: name });
      toastSuccess(`${lead.name} is a project now.`);
      onClose();
      if (can("projects.read")) router.push(`/projects/${projectId}`);
    } catch (thrown) {
      const { message, nextStep, field } = describeError(thrown);
      setError(field === "name" ? message : `${message} ${nextStep}`);
    }
  });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Make it a project"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit();
        }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed">
            The project starts in the first stage of your pipeline, with the contact, the address
            and the notes of this lead.
          </Text>
          <TextInput
            label="Name of the project"
            withAsterisk
            data-autofocus
            autoComplete="off"
            maxLength={TEXT_LIMITS.projectName}
            value={name}
            error={error}
            onChange={(event) => {
              setName(event.currentTarget.value);
              setError(null);
            }}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={busy}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              Create project
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
