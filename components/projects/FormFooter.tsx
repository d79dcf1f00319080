import { Button, Group } from "@mantine/core";
import classes from "./FormFooter.module.css";

type FormFooterProps = { submit: string; busy: boolean; onCancel: () => void };

/** Save and cancel, always in view at the drawer's foot. */
export function FormFooter({ submit, busy, onCancel }: FormFooterProps) {
  return (
    <Group className={classes.footer} justify="flex-end" gap="sm">
      <Button variant="default" onClick={onCancel} disabled={busy}>
        Cancel
      </Button>
      <Button type="submit" loading={busy}>
        {submit}
      </Button>
    </Group>
  );
}
