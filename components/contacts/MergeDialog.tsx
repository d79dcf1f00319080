"use client";

import { Button, Group, Modal, Radio, Skeleton, Stack, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState } from "react";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { errorData } from "@/lib/errors";
import classes from "./Contacts.module.css";
import type { ContactDetail } from "./types";

const FIELDS = {
  name: "Name",
  email: "E-mail",
  phone: "Phone",
  address: "Address",
  notes: "Notes",
  organizationId: "Organization",
} as const;
type Field = keyof typeof FIELDS;

type MergeDialogProps = { keep: ContactDetail; mergeId: Id<"contacts">; onClose: () => void };

/** Compares two records of one person, and makes the other one part of this one. */
export function MergeDialog({ keep, mergeId, onClose }: MergeDialogProps) {
  const other = useLiveQuery(api.contacts.get, { contactId: mergeId });
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title="Merge two contacts"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {other.status === "error" && <ErrorNotice error={other.error} />}
      {other.status === "loading" && <Skeleton height={180} />}
      {other.status === "ready" && <Comparison keep={keep} other={other.data} onClose={onClose} />}
    </Modal>
  );
}

type ComparisonProps = { keep: ContactDetail; other: ContactDetail; onClose: () => void };

function Comparison({ keep, other, onClose }: ComparisonProps) {
  const merge = useMutation(api.contacts.merge);
  // What was on the screen when the choice was made; a later change is refused and shown anew.
  const [seen, setSeen] = useState({ keep: keep.updatedAt, merge: other.updatedAt });
  const [chosen, setChosen] = useState<Partial<Record<Field, "keep" | "other">>>({});
  const differing = (Object.keys(FIELDS) as Field[]).filter(
    (field) => valueOf(keep, field) !== valueOf(other, field),
  );
  // An empty value is never the better one.
  const choiceOf = (field: Field) =>
    chosen[field] ?? (valueOf(keep, field) === "" ? "other" : "keep");

  const [submit, busy] = useExclusive(async () => {
    try {
      const take = differing.filter((field) => choiceOf(field) === "other");
      await merge({ keepId: keep._id, mergeId: other._id, take, seen });
      toastSuccess("Contacts merged.");
      onClose();
    } catch (thrown) {
      toastError(thrown);
      if (errorData(thrown)?.code === "STALE") {
        setSeen({ keep: keep.updatedAt, merge: other.updatedAt });
      }
    }
  });

  return (
    <Stack gap="md">
      <Text size="sm">
        <bdi>{other.name}</bdi> becomes part of <bdi>{keep.name}</bdi>: projects and leads move
        over. This cannot be taken back.
      </Text>
      {differing.length === 0 && <Text size="sm">Both say the same.</Text>}
      {differing.map((field) => (
        <Radio.Group
          key={field}
          label={FIELDS[field]}
          value={choiceOf(field)}
          onChange={(value) => setChosen((all) => ({ ...all, [field]: value as "keep" | "other" }))}
        >
          <Stack gap={6} mt={6} className={classes.version}>
            <Radio value="keep" label={<bdi>{valueOf(keep, field) || "Nothing"}</bdi>} />
            <Radio value="other" label={<bdi>{valueOf(other, field) || "Nothing"}</bdi>} />
          </Stack>
        </Radio.Group>
      ))}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose} disabled={busy} data-autofocus>
          Cancel
        </Button>
        <Button color="red" loading={busy} onClick={() => void submit()}>
          Merge
        </Button>
      </Group>
    </Stack>
  );
}

function valueOf(contact: ContactDetail, field: Field): string {
  return field === "organizationId" ? (contact.organization?.name ?? "") : contact[field];
}
