"use client";

import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useMutation } from "convex/react";
import { type FormEvent, useState } from "react";
import { toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { campaignName } from "@/lib/campaigns";
import { describeError } from "@/lib/errors";
import { TEXT_LIMITS } from "@/lib/limits";
import type { CampaignSettings } from "../types";

type CampaignNameDialogProps = {
  /** The campaign to rename; a new one without. */
  campaign?: CampaignSettings;
  opened: boolean;
  onClose: () => void;
};

/** Asks for a campaign's name. */
export function CampaignNameDialog({ campaign, opened, onClose }: CampaignNameDialogProps) {
  const create = useMutation(api.campaigns.create);
  const rename = useMutation(api.campaigns.rename);
  const [typed, setTyped] = useState(campaign?.name ?? "");
  const [error, setError] = useState<string | null>(null);

  const [submit, busy] = useExclusive(async () => {
    const checked = campaignName.safeParse(typed);
    if (!checked.success) return setError(checked.error.issues[0]?.message ?? null);
    const name = checked.data;
    try {
      if (campaign) await rename({ campaignId: campaign._id, name });
      else await create({ name });
    } catch (thrown) {
      const { message, nextStep, field } = describeError(thrown);
      return setError(field === "name" ? message : `${message} ${nextStep}`);
    }
    toastSuccess(campaign ? "The campaign has its new name." : `“${name}” is ready for leads.`);
    if (!campaign) setTyped("");
    onClose();
  });

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={campaign ? "Rename campaign" : "New campaign"}
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
          <TextInput
            label="Name"
            withAsterisk
            data-autofocus
            autoComplete="off"
            maxLength={TEXT_LIMITS.campaignName}
            description="Such as “Website”, “Home show” or “Neighbours of the Diaz roof”."
            value={typed}
            error={error}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
              setError(null);
            }}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={busy}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {campaign ? "Save the name" : "Create campaign"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
