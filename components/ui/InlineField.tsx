"use client";

import { NativeSelect, Textarea, TextInput, UnstyledButton } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { describeError } from "@/lib/errors";
import classes from "./InlineField.module.css";
import { toastError } from "./toasts";

type InlineFieldProps = {
  label: string;
  /** The value as its input holds it; empty text for none. */
  value: string;
  /** What to show in place of the plain value, such as a link. */
  shown?: ReactNode;
  editable: boolean;
  input?: "text" | "email" | "tel" | "url" | "lines";
  /** Makes it a choice: value and name of each. */
  choices?: { value: string; label: string }[];
  /** What is wrong with a typed value, or null. */
  check: (typed: string) => string | null;
  save: (typed: string) => Promise<unknown>;
};

/**
 * A value that is changed where it stands: a click opens it, Enter or leaving it saves, Escape
 * takes back. When the server refuses, what was typed is there again, with the reason.
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
    if (typed.trim() === value) return close();
    const wrong = check(typed);
    if (wrong !== null) return setError(wrong);
    close();
    save(typed).catch((thrown: unknown) => {
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
  return <TextInput {...common} type={input} autoComplete="off" />;
}
