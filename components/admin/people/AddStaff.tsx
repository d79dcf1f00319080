"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "convex/react";
import { type FormEvent, useState } from "react";
import { toastError } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { TEXT_LIMITS } from "@/lib/limits";
import { STAFF_LEVELS, type StaffLevel } from "@/lib/staff";
import { STAFF_LEVEL_WORDS } from "../staffWords";
import classes from "./StaffPeople.module.css";

/** Adds somebody to the staff, by the address of the account that they have. */
export function AddStaff() {
  const add = useMutation(api.staff.people.add);
  const [email, setEmail] = useState("");
  const [level, setLevel] = useState<StaffLevel>("support");
  const [error, setError] = useState<string | null>(null);
  const [save, busy] = useExclusive(async () => {
    setError(null);
    try {
      await add({ email, level });
      setEmail("");
    } catch (thrown) {
      const data = errorData(thrown);
      if (data?.field === "email") setError(data.message);
      else toastError(thrown);
    }
  });
  return (
    <form
      noValidate
      className={classes.add}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        className={classes.email}
        label="E-mail address"
        description="Of the account they have, in no company."
        type="email"
        autoComplete="off"
        maxLength={TEXT_LIMITS.email}
        value={email}
        error={error}
        onChange={(event) => setEmail(event.currentTarget.value)}
      />
      <NativeSelect
        className={classes.level}
        label="Level"
        description={STAFF_LEVEL_WORDS[level].may}
        data={STAFF_LEVELS.map((value) => ({ value, label: STAFF_LEVEL_WORDS[value].name }))}
        value={level}
        onChange={(event) => setLevel(event.currentTarget.value as StaffLevel)}
      />
      <Button type="submit" loading={busy}>
        Add
      </Button>
    </form>
  );
}
