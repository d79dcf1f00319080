import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";

/** Long enough that a word typed in one go is one question, in milliseconds. */
const PAUSE_MS = 250;

type SearchFieldProps = {
  label: string;
  placeholder?: string;
  /** What is being looked for. */
  value: string;
  /** Called when the typing rests. */
  onSearch: (words: string) => void;
  className?: string;
};

/** A field for words to look for. It follows `value` when that changes elsewhere, as by "Clear filters". */
export function SearchField({ label, placeholder, value, onSearch, className }: SearchFieldProps) {
  const [state, setState] = useState({ typed: value, value });
  const search = useDebouncedCallback((words: string) => onSearch(words.trim()), PAUSE_MS);
  // Only a change from elsewhere replaces what is typed: the spaces between words stay.
  if (state.value !== value) {
    setState({ typed: state.typed.trim() === value ? state.typed : value, value });
  }
  return (
    <TextInput
      type="search"
      className={className}
      aria-label={label}
      placeholder={placeholder}
      maxLength={200}
      leftSection={<IconSearch size={17} stroke={1.8} aria-hidden />}
      value={state.typed}
      onChange={({ currentTarget: { value: typed } }) => {
        setState((last) => ({ ...last, typed }));
        search(typed);
      }}
    />
  );
}
