"use client";

import { NativeSelect, Textarea, TextInput, UnstyledButton } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { describeError } from "@/lib/errors";
import classes from "./InlineField.module.css";
import { toastError } from "./toasts";

/** What is typed into a field; "lines" is a text of several. */
export type FieldInput = "text" | "email" | "tel" | "url" | "decimal" | "date" | "lines";

type InlineFieldProps = {
  label: string;
  /** The value as its input holds it; empty text for none. */
  value: string;
  /** What to show in place of the plain value, such as a link. */
  shown?: ReactNode;
  editable: boolean;
  input?: FieldInput;
  /** Makes it a choice: value and name of each. */
  choices?: { value: string; label: string }[];
  /** What is wrong with a text, without the spaces around it, or null. */
  check: (text: string) => string | null;
  /** Saves it; what it throws is said, and the text can be mended. */
  save: (text: string) => Promise<unknown>;
};

/**
 * A value that is changed where it stands: a click or Enter on the pencil opens it, Enter or leaving
 * it saves, Escape takes back. In several lines, Enter makes a new one and Ctrl+Enter saves. When
 * the server refuses, what was typed is there again, with the reason.
 */
export function InlineField(props: InlineFieldProps) {
  const { label, value, shown, editable, input = "text", choices, check, save } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const plain = choices?.find((choice) => choice.value === value)?.label ?? value;
  const text = shown ?? (value === "" ? null : <bdi className={classes.text}>{plain}</bdi>);

  function close() {
    setTyped(null);
    setError(null);
  }

  function finish() {
    if (typed === null) return;
    const next = typed.trim();
    if (next === value) return close();
    const wrong = check(next);
    if (wrong !== null) return setError(wrong);
    close();
    save(next).catch((thrown: unknown) => {
      toastError(thrown);
      setTyped(typed);
      setError(describeError(thrown).message);
    });
  }

  function onKeyDown(event: KeyboardEvent) {
    const saves = event.key === "Enter" && (input !== "lines" || event.ctrlKey || event.metaKey);
    if (event.key !== "Escape" && !saves) return;
    event.preventDefault();
    if (saves) finish();
    else close();
    requestAnimationFrame(() => button.current?.focus());
  }

  if (!editable) return <>{text ?? "–"}</>;
  if (typed === null) {
    return (
      <span className={classes.value}>
        {text ?? <span className={classes.none}>–</span>}
        <UnstyledButton
          ref={button}
          className={classes.edit}
          aria-label={`Change ${label}`}
          onClick={() => setTyped(value)}
        >
          <IconPencil size={14} aria-hidden />
        </UnstyledButton>
      </span>
    );
  }
  const common = {
    "aria-label": label,
    size: "xs",
    value: typed,
    error,
    autoFocus: true,
    onKeyDown,
    onBlur: finish,
    onChange: (event: { currentTarget: { value: string } }) => setTyped(event.currentTarget.value),
  } as const;
  if (choices) return <NativeSelect {...common} data={choices} />;
  if (input === "lines") return <Textarea {...common} autosize minRows={3} maxRows={12} />;
  const kind = input === "decimal" ? { inputMode: input } : { type: input };
  return <TextInput {...common} {...kind} autoComplete="off" />;
}
