"use client";

import { Button, NativeSelect } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useMutation } from "convex/react";
import { ConfirmDialog } from "@/components/ui/ConfirmDialog";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { STAFF_LEVELS, type StaffLevel } from "@/lib/staff";
import { useStaff } from "../StaffContext";
import { STAFF_LEVEL_WORDS } from "../staffWords";
import classes from "./StaffPeople.module.css";
import type { StaffPerson } from "./types";

type StaffRowProps = { person: StaffPerson; isLastOwner: boolean };

/** One of the staff: their level, and the end of their access. The last owner stays one. */
export function StaffRow({ person, isLastOwner }: StaffRowProps) {
  const me = useStaff();
  const setLevel = useMutation(api.staff.people.setLevel);
  const remove = useMutation(api.staff.people.remove);
  const [opened, dialog] = useDisclosure(false);
  const { clerkUserId, name, email, level } = person;
  const isMe = me._id === person._id;
  const [change, busy] = useExclusive(async (next: StaffLevel | null) => {
    try {
      if (next === null) await remove({ person: clerkUserId });
      else await setLevel({ person: clerkUserId, level: next, seen: level });
      toastSuccess(
        next === null
          ? `${name} is staff no more.`
          : `${name} is now ${STAFF_LEVEL_WORDS[next].name.toLowerCase()}.`,
      );
    } catch (thrown) {
      toastError(thrown);
    }
  });
  return (
    <li>
      <div className={classes.who}>
        <strong>
          <bdi>{name}</bdi>
          {isMe && " (you)"}
        </strong>
        <span className={classes.sub}>
          {email}
          {isLastOwner && ". The only owner: make somebody else one first."}
        </span>
      </div>
      <NativeSelect
        aria-label={`Level of ${name}`}
        size="xs"
        disabled={busy || isLastOwner}
        data={STAFF_LEVELS.map((value) => ({ value, label: STAFF_LEVEL_WORDS[value].name }))}
        value={level}
        onChange={(event) => void change(event.currentTarget.value as StaffLevel)}
      />
      <Button
        size="xs"
        variant="subtle"
        color="red"
        disabled={busy || isLastOwner}
        aria-label={`Remove ${name}`}
        onClick={dialog.open}
      >
        Remove
      </Button>
      <ConfirmDialog
        title={isMe ? "Leave the staff?" : `Remove ${name}?`}
        confirm="Remove"
        opened={opened}
        onClose={dialog.close}
        onConfirm={() => void change(null)}
      >
        {isMe ? "You lose" : "They lose"} the console at once, in open browsers too. The trail of
        what was done stays.
      </ConfirmDialog>
    </li>
  );
}
