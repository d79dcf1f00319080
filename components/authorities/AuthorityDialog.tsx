"use client";

import { Button, Group, Modal, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState, type FormEvent } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import {
  AUTHORITY_KIND_NAMES,
  AUTHORITY_KINDS,
  authorityForm,
  type AuthorityForm,
  type AuthorityKind,
} from "@/lib/authorities";
import { errorData } from "@/lib/errors";
import { TEXT_LIMITS } from "@/lib/limits";
import { US_STATES } from "@/lib/usStates";
import type { Authority } from "./types";

type AuthorityDialogProps = {
  kind: AuthorityKind;
  /** The authority to change; a new one without. */
  authority?: Authority;
  /** What a new one is called so far. */
  name?: string;
  onAdded?: (authorityId: Id<"authorities">) => void;
  onClose: () => void;
};

type Errors = Partial<Record<keyof AuthorityForm, string>>;

/** The form of an authority: who it is, and how to reach it. */
export function AuthorityDialog(props: AuthorityDialogProps) {
  const { kind, authority, name = "", onAdded, onClose } = props;
  const add = useMutation(api.authorities.add);
  const update = useMutation(api.authorities.update);
  const [revision] = useState(authority?.revision);
  const [values, setValues] = useState({
    kind,
    name: authority?.name ?? name,
    state: authority?.state ?? "",
    portalUrl: authority?.portalUrl ?? "",
    phone: authority?.phone ?? "",
    notes: authority?.notes ?? "",
  });
  const [errors, setErrors] = useState<Errors>({});

  const field = (id: Exclude<keyof typeof values, "kind">) => ({
    value: values[id],
    error: errors[id],
    autoComplete: "off",
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setValues((all) => ({ ...all, [id]: value }));
      setErrors((all) => ({ ...all, [id]: undefined }));
    },
  });

  const [submit, busy] = useExclusive(async () => {
    const parsed = authorityForm.safeParse(values);
    if (!parsed.success) {
      const found: Errors = {};
      for (const { path, message } of parsed.error.issues) {
        found[path[0] as keyof Errors] ??= message;
      }
      setErrors(found);
      return;
    }
    try {
      const { kind: chosenKind, ...form } = parsed.data;
      if (authority && revision !== undefined) {
        await update({ authorityId: authority._id, revision, ...form });
        toastSuccess("Changes saved.");
      } else {
        const authorityId = await add({ kind: chosenKind, ...form });
        toastSuccess(`${form.name} is in your directory.`);
        onAdded?.(authorityId);
      }
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
      title={authority ? "Edit authority" : "Add an authority"}
      closeOnClickOutside={false}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          // A picker opens this inside another form; its form is not meant.
          event.stopPropagation();
          void submit();
        }}
      >
        <Stack gap="md">
          {authority === undefined && onAdded === undefined && (
            <NativeSelect
              label="Kind"
              data={AUTHORITY_KINDS.map((value) => ({ value, label: AUTHORITY_KIND_NAMES[value] }))}
              value={values.kind}
              onChange={(event) => {
                const chosen = event.currentTarget.value as AuthorityKind;
                setValues((all) => ({ ...all, kind: chosen }));
              }}
            />
          )}
          <TextInput
            label={values.kind === "ahj" ? "Name of the city or county" : "Name of the utility"}
            withAsterisk
            data-autofocus
            maxLength={TEXT_LIMITS.companyName}
            {...field("name")}
          />
          <NativeSelect
            label="State"
            data={[{ value: "", label: "Not said" }, ...US_STATES]}
            {...field("state")}
          />
          <TextInput
            label="Portal"
            description="Where one submits, such as https://permits.city.gov"
            inputMode="url"
            maxLength={TEXT_LIMITS.website}
            {...field("portalUrl")}
          />
          <TextInput label="Phone" type="tel" maxLength={TEXT_LIMITS.phone} {...field("phone")} />
          <Textarea
            label="Notes"
            description="What everybody should know: who to ask for, what they look at twice"
            autosize
            minRows={2}
            maxRows={8}
            maxLength={TEXT_LIMITS.notes}
            {...field("notes")}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={busy}>
              Cancel
            </Button>
            <Button type="submit" loading={busy}>
              {authority ? "Save changes" : "Add"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
