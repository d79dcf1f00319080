"use client";

import { Button, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState } from "react";
import { api } from "@/convex/_generated/api";
import type { Doc } from "@/convex/_generated/dataModel";
import { formatMoment } from "@/lib/format";
import { useStaff } from "../StaffContext";
import { NoteForm } from "./NoteForm";
import classes from "./Tenant.module.css";

type NoteItemProps = { note: Doc<"staffNotes">; earlier: readonly Doc<"staffNotes">[] };

/** One note with what it said before, which its author may correct. */
export function NoteItem({ note, earlier }: NoteItemProps) {
  const me = useStaff();
  const [correcting, setCorrecting] = useState(false);
  const add = useMutation(api.staff.notes.add);
  const { _id: corrects, tenant: tenantId, text, staffName } = note;
  if (correcting) {
    return (
      <li>
        <NoteForm
          label="Correct your note"
          button="Save"
          initial={text}
          save={(text) => add({ tenantId, text, corrects })}
          onCancel={() => setCorrecting(false)}
        />
      </li>
    );
  }
  return (
    <li>
      <Text size="sm" className={classes.noteText} dir="auto">
        {text}
      </Text>
      <span className={classes.note}>
        {staffName}, {formatMoment(note._creationTime)}
        {note.corrects && ", corrected"}
      </span>
      {note.staffId === me._id && (
        <Button size="compact-xs" variant="subtle" ml="xs" onClick={() => setCorrecting(true)}>
          Correct
        </Button>
      )}
      {earlier.length > 0 && (
        <details className={classes.note}>
          <summary>What it said before</summary>
          {earlier.map((each) => (
            <Text key={each._id} size="sm" className={classes.noteText} dir="auto">
              {each.text} ({formatMoment(each._creationTime)})
            </Text>
          ))}
        </details>
      )}
    </li>
  );
}
