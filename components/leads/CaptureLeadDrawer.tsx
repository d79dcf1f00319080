"use client";

import {
  Button,
  Drawer,
  Group,
  NativeSelect,
  Stack,
  Text,
  Textarea,
  TextInput,
} from "@mantine/core";
import { useMutation } from "convex/react";
import { type FormEvent, useRef, useState } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { errorData } from "@/lib/errors";
import { leadForm, type LeadField } from "@/lib/leads";
import { TEXT_LIMITS } from "@/lib/limits";
import { KnownAlready } from "./KnownAlready";
import { NOBODY } from "./leadsFilter";

const EMPTY: Record<LeadField, string> = { name: "", email: "", phone: "", address: "", notes: "" };

/** Takes a lead in while somebody is on the telephone: Enter saves; several can follow each other. */
export function CaptureLeadDrawer({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const create = useMutation(api.leads.create);
  const campaigns = useLiveQuery(api.campaigns.list, {});
  const workers = useLiveQuery(api.leads.workers, {});
  const [values, setValues] = useState(EMPTY);
  const [errors, setErrors] = useState<Partial<Record<LeadField, string>>>({});
  const [campaign, setCampaign] = useState("");
  const [assignee, setAssignee] = useState("");
  const [saved, setSaved] = useState("");
  const nameInput = useRef<HTMLInputElement>(null);

  function refuse(field: string, message: string) {
    setErrors({ [field]: message });
    document.querySelector<HTMLElement>(`[role="dialog"] [name="${field}"]`)?.focus();
  }

  const [save, busy] = useExclusive(async (another: boolean) => {
    const checked = leadForm.safeParse(values);
    if (!checked.success) {
      const issue = checked.error.issues[0];
      return refuse(String(issue?.path[0]), issue?.message ?? "Please check this.");
    }
    try {
      await create({
        ...checked.data,
        campaignId: (campaign || undefined) as Id<"campaigns"> | undefined,
        assigneeId:
          assignee === NOBODY ? null : ((assignee || undefined) as Id<"members"> | undefined),
      });
    } catch (thrown) {
      const data = errorData(thrown);
      return data?.field !== undefined && data.field in EMPTY
        ? refuse(data.field, data.message)
        : toastError(thrown);
    }
    // The next one of the same fair or list comes from the same campaign.
    setValues(EMPTY);
    setErrors({});
    const done = `${checked.data.name} is in your leads.`;
    if (another) {
      // Said here: a toast would lie over the buttons.
      setSaved(done);
      nameInput.current?.focus();
    } else {
      toastSuccess(done);
      close();
    }
  });

  function close() {
    setSaved("");
    onClose();
  }

  function discard() {
    setValues(EMPTY);
    setErrors({});
    close();
  }

  const field = (name: LeadField) => ({
    name,
    value: values[name],
    error: errors[name],
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((all) => ({ ...all, [name]: value }));
      setErrors((all) => ({ ...all, [name]: undefined }));
    },
  });

  const open =
    campaigns.status === "ready" ? campaigns.data.filter((each) => !each.archivedAt) : [];
  return (
    <Drawer
      opened={opened}
      onClose={close}
      title="New lead"
      size="md"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void save(false);
        }}
      >
        <Stack gap="md">
          <Text size="sm" c="dimmed" role="status">
            {saved}
          </Text>
          <TextInput
            ref={nameInput}
            label="Name"
            withAsterisk
            data-autofocus
            maxLength={TEXT_LIMITS.personName}
            {...field("name")}
          />
          <TextInput label="E-mail" type="email" inputMode="email" {...field("email")} />
          <TextInput label="Phone" type="tel" inputMode="tel" {...field("phone")} />
          <KnownAlready email={values.email} phone={values.phone} />
          <TextInput label="Address of the building" {...field("address")} />
          <Textarea label="Notes" autosize minRows={2} maxRows={8} {...field("notes")} />
          <NativeSelect
            label="Campaign"
            value={campaign}
            data={open.map(({ _id, name, isDefault }) => ({
              value: isDefault ? "" : _id,
              label: name,
            }))}
            onChange={(event) => setCampaign(event.currentTarget.value)}
          />
          <NativeSelect
            label="Assignee"
            value={assignee}
            data={[
              { value: "", label: "As the campaign says" },
              { value: NOBODY, label: "Nobody yet" },
              ...(workers.status === "ready" ? workers.data : []).map(({ _id, name }) => ({
                value: _id,
                label: name,
              })),
            ]}
            onChange={(event) => setAssignee(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="subtle" color="gray" onClick={discard} disabled={busy}>
              Cancel
            </Button>
            <Button variant="default" onClick={() => void save(true)} disabled={busy}>
              Save and add another
            </Button>
            <Button type="submit" loading={busy}>
              Save lead
            </Button>
          </Group>
        </Stack>
      </form>
    </Drawer>
  );
}
