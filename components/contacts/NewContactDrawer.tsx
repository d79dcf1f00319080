"use client";

import { Alert, Textarea, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation } from "convex/react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { AnchorLink } from "@/components/ui/links";
import { toastSuccess } from "@/components/ui/toasts";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { contactForm } from "@/lib/contacts";
import { TEXT_LIMITS } from "@/lib/limits";
import classes from "./Contacts.module.css";
import { OrganizationPicker } from "./OrganizationPicker";
import { RecordForm } from "./RecordForm";

const EMPTY = { name: "", email: "", phone: "", address: "", notes: "" };

type NewContactDrawerProps = { opened: boolean; onClose: () => void };

/** The form for a new person; the created one opens. It says when they seem to be there already. */
export function NewContactDrawer({ opened, onClose }: NewContactDrawerProps) {
  const router = useRouter();
  const create = useMutation(api.contacts.create);
  const [organization, setOrganization] = useState<Id<"organizations"> | null>(null);
  return (
    <RecordForm
      title="New contact"
      submit="Create contact"
      schema={contactForm}
      empty={EMPTY}
      opened={opened}
      onClose={onClose}
      onSave={async (values) => {
        const organizationId = organization ?? undefined;
        const contactId = await create({ ...values, organizationId });
        toastSuccess("Contact created.");
        setOrganization(null);
        router.push(`/contacts/${contactId}`);
      }}
    >
      {(form) => (
        <>
          <TextInput
            label="Name"
            withAsterisk
            data-autofocus
            autoComplete="off"
            maxLength={TEXT_LIMITS.personName}
            {...form.getInputProps("name")}
          />
          <TextInput
            label="E-mail"
            type="email"
            autoComplete="off"
            {...form.getInputProps("email")}
          />
          <TextInput
            label="Phone"
            type="tel"
            autoComplete="off"
            maxLength={TEXT_LIMITS.phone}
            {...form.getInputProps("phone")}
          />
          <KnownAlready email={form.values.email} phone={form.values.phone} />
          <OrganizationPicker
            label="Organization"
            value={organization}
            onChange={setOrganization}
          />
          <TextInput
            label="Address"
            autoComplete="off"
            maxLength={TEXT_LIMITS.address}
            {...form.getInputProps("address")}
          />
          <Textarea
            label="Notes"
            autosize
            minRows={3}
            maxRows={10}
            maxLength={TEXT_LIMITS.notes}
            {...form.getInputProps("notes")}
          />
        </>
      )}
    </RecordForm>
  );
}

/** Waits for so long after the last letter, in milliseconds. */
const TYPING_MS = 300;

function KnownAlready(typed: { email: string; phone: string }) {
  const [who] = useDebouncedValue(typed, TYPING_MS);
  const nothing = who.email.trim() === "" && who.phone.trim() === "";
  const known = useLiveQuery(
    api.contacts.similar,
    nothing ? "skip" : { email: who.email, phone: who.phone },
  );
  if (known.status !== "ready" || known.data.length === 0) return null;
  return (
    <Alert color="lake" title="You may have this person already" role="status">
      <span className={classes.shared}>
        {known.data.map(({ _id, name }) => (
          <AnchorLink key={_id} href={`/contacts/${_id}`} underline="always">
            <bdi>{name}</bdi>
          </AnchorLink>
        ))}
      </span>
    </Alert>
  );
}
