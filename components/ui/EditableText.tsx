"use client";

import { Textarea, TextInput, UnstyledButton } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { describeError } from "@/lib/errors";
import classes from "./EditableText.module.css";
import { toastError } from "./toasts";

type EditableTextProps = {
  label: string;
  value: string | undefined;
  /** What to show in place of the plain value, such as a link. */
  shown?: ReactNode;
  editable: boolean;
  type?: "text" | "email" | "tel";
  multiline?: boolean;
  /** What is wrong with a text, or null. */
  check: (text: string) => string | null;
  /** Saves it; what it throws is said, and the text can be mended. */
  save: (text: string) => Promise<unknown>;
};

/**
 * A text that is changed where it stands: a click or Enter on the pencil opens it, Enter or leaving
 * it saves, Escape takes back. In several lines, Enter makes a new one and Ctrl+Enter saves.
 */
export function EditableText(props: EditableTextProps) {
  const { label, value, shown, editable, type = "text", multiline = false, check, save } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);

  const content = shown ?? (value === undefined ? undefined : <bdi>{value}</bdi>);
  if (!editable) return <span className={classes.value}>{content ?? "–"}</span>;

  function close() {
    setTyped(null);
    setError(null);
  }

  function submit() {
    if (typed === null) return;
    const text = typed.trim();
    if (text === (value ?? "")) return close();
    const problem = check(text);
    if (problem !== null) return setError(problem);
    close();
    save(text).catch((thrown: unknown) => {
      toastError(thrown);
      setTyped(typed);
      setError(describeError(thrown).message);
    });
  }

  function onKeyDown(event: KeyboardEvent) {
    const saves = event.key === "Enter" && (!multiline || event.ctrlKey || event.metaKey);
    if (event.key !== "Escape" && !saves) return;
    event.preventDefault();
    if (saves) submit();
    else close();
    requestAnimationFrame(() => button.current?.focus());
  }

  if (typed === null) {
    return (
      <span className={classes.value}>
        {content ?? <span className={classes.none}>–</span>}
        <UnstyledButton
          ref={button}
          className={classes.edit}
          aria-label={`Change ${label}`}
          onClick={() => setTyped(value ?? "")}
        >
          <IconPencil size={14} aria-hidden />
        </UnstyledButton>
      </span>
    );
  }
  const input = {
    "aria-label": label,
    size: "xs",
    value: typed,
    error,
    autoFocus: true,
    autoComplete: "off",
    onKeyDown,
    onBlur: submit,
    onChange: (event: { currentTarget: { value: string } }) => setTyped(event.currentTarget.value),
  } as const;
  return multiline ? (
    <Textarea {...input} autosize minRows={3} maxRows={14} />
  ) : (
    <TextInput {...input} type={type} />
  );
}
