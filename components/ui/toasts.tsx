import { Anchor, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { describeError } from "@/lib/errors";
import { NextStep } from "./NextStep";

/** Says that something worked. */
export function toastSuccess(message: string): void {
  notifications.show({ message, color: "green", closeButtonProps: closeButton });
}

/** Says in one sentence what went wrong, and what to do next. Takes anything that was thrown. */
export function toastError(thrown: unknown): void {
  const { code, title, message, nextStep } = describeError(thrown);
  notifications.show({
    title,
    message: (
      <>
        {message} <NextStep {...{ code, nextStep }} />
      </>
    ),
    color: "red",
    autoClose: 8_000,
    role: "alert",
    closeButtonProps: closeButton,
  });
}

/** Takes the offer back at once: what it would undo is being changed again. */
export function withdrawUndo(): void {
  if (lastUndo) notifications.hide(lastUndo);
  lastUndo = undefined;
}

let lastUndo: string | undefined;

/**
 * Says that something was done and offers to take it back for ten seconds. Only the latest: after
 * a second change, taking back the first one would not lead to where it came from.
 */
export function toastUndo(message: string, undo: () => void): void {
  withdrawUndo();
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <span>{message}</span>
        <Anchor
          component="button"
          type="button"
          size="sm"
          fw={600}
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          Undo
        </Anchor>
      </Group>
    ),
    color: "green",
    autoClose: 10_000,
    closeButtonProps: closeButton,
  });
  lastUndo = id;
}

const closeButton = { "aria-label": "Close message" };
