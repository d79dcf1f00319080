"use client";

import { Button, Loader } from "@mantine/core";
import { useMutation } from "convex/react";
import { toastError } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import { STAFF_LEVEL_WORDS } from "../staffWords";
import classes from "./StaffPeople.module.css";
import type { Appointment } from "./types";

/** Somebody who is to be staff: being looked for, or why that came to nothing. */
export function AppointmentRow({ appointment }: { appointment: Appointment }) {
  const dismiss = useMutation(api.staff.people.dismiss);
  const { email, level, status, problem } = appointment;
  return (
    <li>
      <div className={classes.who}>
        <strong>{email}</strong>
        <span className={classes.sub} role="status">
          {status === "pending"
            ? `Looking for the account, to make it ${STAFF_LEVEL_WORDS[level].name.toLowerCase()}`
            : problem}
        </span>
      </div>
      {status === "pending" ? (
        <Loader size="xs" aria-hidden />
      ) : (
        <Button
          size="xs"
          variant="default"
          aria-label={`Dismiss ${email}`}
          onClick={() => void dismiss({ email }).catch(toastError)}
        >
          Dismiss
        </Button>
      )}
    </li>
  );
}
