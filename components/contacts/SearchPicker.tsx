"use client";

import { Select } from "@mantine/core";

/** A record that can be chosen. */
export type Choice = { value: string; label: string };

type SearchPickerProps = {
  label: string;
  placeholder: string;
  nothingFound: string;
  /** What is chosen; it stays a choice when the search does not find it. */
  chosen: Choice | null;
  found: Choice[];
  searchValue: string;
  onSearchChange: (text: string) => void;
  onChange: (value: string | null) => void;
};

/** Chooses one record of many: the server searches with what is typed. */
export function SearchPicker(props: SearchPickerProps) {
  const { label, placeholder, nothingFound, chosen, found, onChange } = props;
  const others = found.filter(({ value }) => value !== chosen?.value);
  return (
    <Select
      label={label}
      placeholder={placeholder}
      searchable
      clearable
      clearButtonProps={{ "aria-label": `Remove ${label}` }}
      data={chosen ? [chosen, ...others] : others}
      // The server has searched already.
      filter={({ options }) => options}
      value={chosen?.value ?? null}
      searchValue={props.searchValue}
      onSearchChange={props.onSearchChange}
      nothingFoundMessage={nothingFound}
      onChange={onChange}
    />
  );
}
