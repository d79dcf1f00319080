"use client";

import { NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "convex/react";
import { useRouter } from "next/navigation";
import { toastSuccess } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { organizationForm, type OrganizationForm } from "@/lib/contacts";
import { TEXT_LIMITS } from "@/lib/limits";
import { KIND_CHOICES } from "./kindChoices";
import { RecordForm } from "./RecordForm";

const EMPTY: OrganizationForm = {
  ...{ name: "", kind: "builder", website: "", phone: "", address: "", notes: "" },
};

type NewOrganizationDrawerProps = { opened: boolean; onClose: () => void };

/** The form for a new organization; the created one opens. */
export function NewOrganizationDrawer({ opened, onClose }: NewOrganizationDrawerProps) {
  const router = useRouter();
  const create = useMutation(api.organizations.create);
  return (
    <RecordForm
      title="New organization"
      submit="Create organization"
      schema={organizationForm}
      empty={EMPTY}
      opened={opened}
      onClose={onClose}
      onSave={async (values) => {
        const organizationId = await create(values);
        toastSuccess("Organization created.");
        router.push(`/contacts/organizations/${organizationId}`);
      }}
    >
      {(form) => (
        <>
          <TextInput
            label="Name"
            withAsterisk
            data-autofocus
            autoComplete="off"
            maxLength={TEXT_LIMITS.organizationName}
            {...form.getInputProps("name")}
          />
          <NativeSelect label="Kind" data={KIND_CHOICES} {...form.getInputProps("kind")} />
          <TextInput
            label="Website"
            type="url"
            autoComplete="off"
            {...form.getInputProps("website")}
          />
          <TextInput
            label="Phone"
            type="tel"
            autoComplete="off"
            maxLength={TEXT_LIMITS.phone}
            {...form.getInputProps("phone")}
          />
          <TextInput
            label="Address"
            autoComplete="off"
            maxLength={TEXT_LIMITS.address}
            {...form.getInputProps("address")}
          />
        </>
      )}
    </RecordForm>
  );
}
