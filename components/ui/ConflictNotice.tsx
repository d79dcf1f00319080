import { Alert, Button, Group } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./ConflictNotice.module.css";

/** A field that two people changed. */
export type Conflict<Field> = { field: Field; label: string; mine: ReactNode; theirs: ReactNode };

type ConflictNoticeProps<Field> = {
  /** Who saved last, when it is known. */
  who: string | undefined;
  conflicts: Conflict<Field>[];
  onKeepMine: (field: Field) => void;
  onTakeTheirs: (field: Field) => void;
};

/** Both versions of what somebody else saved in the meantime, and the choice. Nothing without conflicts. */
export function ConflictNotice<Field extends string>(props: ConflictNoticeProps<Field>) {
  const { who, conflicts, onKeepMine, onTakeTheirs } = props;
  if (conflicts.length === 0) return null;
  const name = who ?? "Somebody else";
  return (
    <Alert
      role="alert"
      color="lake"
      icon={<IconUsers size={20} aria-hidden />}
      title={
        <>
          <bdi>{name}</bdi> changed this while you were editing
        </>
      }
    >
      Choose for each field before you save.
      <ul className={classes.conflicts}>
        {conflicts.map(({ field, label, mine, theirs }) => (
          <li key={field}>
            <dl className={classes.versions} aria-label={label}>
              <dt>{label}, yours</dt>
              <dd>{mine || "Empty"}</dd>
              <dt>{label}, theirs</dt>
              <dd>{theirs || "Empty"}</dd>
            </dl>
            <Group gap="xs">
              <Button size="xs" variant="default" onClick={() => onKeepMine(field)}>
                Keep mine
              </Button>
              <Button size="xs" variant="default" onClick={() => onTakeTheirs(field)}>
                Take theirs
              </Button>
            </Group>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
