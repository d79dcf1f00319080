"use client";

import { Combobox, Textarea, useCombobox } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { TEXT_LIMITS } from "@/lib/limits";
import { mentionAt } from "./mentionAt";
import type { NoteDraft } from "./types";

const MAX_SHOWN = 6;

type NoteFieldProps = {
  label: string;
  draft: NoteDraft;
  onChange: (draft: NoteDraft) => void;
  onSubmit: () => void;
  onEscape?: () => void;
  autoFocus?: boolean;
};

/** A text in which "@" opens the list of colleagues: arrows choose, Enter takes, Escape closes. Ctrl+Enter submits. */
export function NoteField(props: NoteFieldProps) {
  const { label, draft, onChange, onSubmit, onEscape, autoFocus = false } = props;
  const members = useLiveQuery(api.members.names, {});
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const field = useRef<HTMLTextAreaElement>(null);
  const [cursor, setCursor] = useState(0);
  const at = mentionAt(draft.text, cursor);
  const wanted = at?.typed.toLowerCase() ?? "";
  const found =
    at === null || members.status !== "ready"
      ? []
      : members.data
          .filter(({ name, status }) => status === "active" && name.toLowerCase().includes(wanted))
          .slice(0, MAX_SHOWN);
  const offered = combobox.dropdownOpened && found.length > 0;

  const follow = (text: string, place: number) => {
    setCursor(place);
    if (mentionAt(text, place) === null) combobox.closeDropdown();
    else combobox.openDropdown();
    requestAnimationFrame(() => combobox.selectFirstOption());
  };
  const choose = (memberId: string) => {
    const chosen = found.find(({ _id }) => _id === memberId);
    if (chosen === undefined || at === null) return;
    const before = `${draft.text.slice(0, at.from)}@${chosen.name} `;
    const others = draft.mentioned.filter((each) => each.memberId !== chosen._id);
    onChange({
      text: before + draft.text.slice(cursor).replace(/^ /, ""),
      mentioned: [...others, { memberId: chosen._id, name: chosen.name }],
    });
    combobox.closeDropdown();
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(before.length, before.length);
      setCursor(before.length);
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onSubmit();
    } else if (event.key === "Escape" && offered) {
      event.stopPropagation();
      combobox.closeDropdown();
    } else if (event.key === "Escape") {
      onEscape?.();
    }
  };
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={choose}
      position="bottom-start"
      width={260}
      portalProps={{ target: "#content" }}
    >
      <Combobox.EventsTarget withKeyboardNavigation={offered} withExpandedAttribute={false}>
        <Textarea
          ref={field}
          aria-label={label}
          placeholder="Write a note. @ mentions a colleague."
          autosize
          minRows={2}
          maxRows={12}
          maxLength={TEXT_LIMITS.notes}
          autoFocus={autoFocus}
          value={draft.text}
          onChange={(event) => {
            const { value, selectionStart } = event.currentTarget;
            onChange({ ...draft, text: value });
            follow(value, selectionStart);
          }}
          onSelect={(event) => setCursor(event.currentTarget.selectionStart)}
          onBlur={() => combobox.closeDropdown()}
          onKeyDown={onKeyDown}
        />
      </Combobox.EventsTarget>
      <Combobox.DropdownTarget>
        <div />
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={!offered}>
        <Combobox.Options aria-label="Mention">
          {found.map(({ _id, name }) => (
            <Combobox.Option key={_id} value={_id}>
              <bdi>{name}</bdi>
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
