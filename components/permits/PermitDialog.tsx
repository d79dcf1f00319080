"use client";

import { Button, Group, Modal, NumberInput, Stack, TextInput } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState, type FormEvent } from "react";
import { AuthorityPicker } from "@/components/authorities/AuthorityPicker";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { AUTHORITY_KIND_NAMES } from "@/lib/authorities";
import { errorData } from "@/lib/errors";
import { TEXT_LIMITS } from "@/lib/limits";
import {
  DECIDED_BY,
  PERMIT_KIND_NAMES,
  PERMIT_TITLES,
  permitForm,
  type PermitForm,
  type PermitKind,
} from "@/lib/permits";
import type { Permit } from "./types";

type PermitDialogProps = {
  projectId: Id<"projects">;
  kind: PermitKind;
  /** The permit to change; a new one without. */
  permit?: Permit;
  /** Who decides on a new one. */
  authorityId?: Id<"authorities">;
  onClose: () => void;
};

type Errors = Partial<Record<keyof PermitForm, string>>;

/** The form of a permit: its name, who decides, its number and fee. */
export function PermitDialog(props: PermitDialogProps) {
  const { projectId, kind, permit, authorityId: usual, onClose } = props;
  const add = useMutation(api.permits.add);
  const change = useMutation(api.permits.change);
  const [values, setValues] = useState({
    title: permit?.title ?? PERMIT_TITLES[kind],
    referenceNumber: permit?.referenceNumber ?? "",
    fee: permit?.feeCents === undefined ? "" : ((permit.feeCents / 100) as number | string),
  });
  const [authorityId, setAuthorityId] = useState(permit ? permit.authorityId : usual);
  const [revision] = useState(permit?.revision);
  const [errors, setErrors] = useState<Errors>({});

  function set<Field extends keyof typeof values>(field: Field, value: (typeof values)[Field]) {
    setValues((all) => ({ ...all, [field]: value }));
    setErrors({});
  }

  const [submit, busy] = useExclusive(async () => {
    const { fee, ...texts } = values;
    const feeCents = fee === "" ? undefined : Math.round(Number(fee) * 100);
    const parsed = permitForm.safeParse({ ...texts, feeCents });
    if (!parsed.success) {
      const found: Errors = {};
      for (const { path, message } of parsed.error.issues) {
        found[path[0] as keyof Errors] ??= message;
      }
      setErrors(found);
      return;
    }
    try {
      if (permit && revision !== undefined) {
        await change({ permitId: permit._id, revision, authorityId, ...parsed.data });
      } else {
        await add({ projectId, kind, authorityId, ...parsed.data });
      }
      toastSuccess(permit ? "Changes saved." : `${PERMIT_KIND_NAMES[kind]} added.`);
      onClose();
    } catch (thrown) {
      const data = errorData(thrown);
      if (data?.field) setErrors({ [data.field]: data.message });
      else toastError(thrown);
    }
  });

  return (
    <Modal
      opened
      onClose={onClose}
      title={permit ? "Edit" : `Add ${kind === "permit" ? "a permit" : "an interconnection"}`}
      closeOnClickOutside={false}
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
            maxLength={TEXT_LIMITS.permitTitle}
            value={values.title}
            error={errors.title}
            onChange={(event) => set("title", event.currentTarget.value)}
          />
          <AuthorityPicker
            kind={DECIDED_BY[kind]}
            label={AUTHORITY_KIND_NAMES[DECIDED_BY[kind]]}
            value={authorityId}
            onChange={setAuthorityId}
          />
          <Group grow align="flex-start">
            <TextInput
              label="Number"
              description="As the authority gave it"
              autoComplete="off"
              maxLength={TEXT_LIMITS.licenceNumber}
              value={values.referenceNumber}
              error={errors.referenceNumber}
              onChange={(event) => set("referenceNumber", event.currentTarget.value)}
            />
            <NumberInput
              label="Fee (US$)"
              description="What the authority asks"
              hideControls
              allowNegative={false}
              decimalScale={2}
              thousandSeparator=","
              value={values.fee}
              error={errors.feeCents}
              onChange={(fee) => set("fee", fee)}
            />
          </Group>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={busy}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {permit ? "Save changes" : "Add"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
