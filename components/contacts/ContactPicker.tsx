"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { type Choice, SearchPicker } from "./SearchPicker";

/** How long to wait for the next letter before searching, in milliseconds. */
const TYPING_MS = 200;
const FIRST = { paginationOpts: { numItems: 10, cursor: null } };

type ContactPickerProps = {
  label: string;
  value: { _id: Id<"contacts">; name: string } | null;
  /** Not offered: the person themselves. */
  except?: Id<"contacts">;
  onChange: (contactId: Id<"contacts"> | null) => void;
};

/** Chooses one of the company's contacts by name, e-mail or telephone. */
export function ContactPicker({ label, value, except, onChange }: ContactPickerProps) {
  const [typed, setTyped] = useState("");
  const [words] = useDebouncedValue(typed.trim(), TYPING_MS);
  const first = useLiveQuery(api.contacts.list, words === "" ? FIRST : "skip");
  const found = useLiveQuery(api.contacts.search, words === "" ? "skip" : { text: words });
  const rows =
    words === ""
      ? first.status === "ready"
        ? first.data.page
        : []
      : found.status === "ready"
        ? found.data
        : [];
  return (
    <SearchPicker
      label={label}
      placeholder="Name, e-mail or telephone"
      nothingFound="Nobody found"
      chosen={value && choiceOf({ ...value, email: "", phone: "" })}
      found={rows.filter(({ _id }) => _id !== except).map(choiceOf)}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => onChange(id as Id<"contacts"> | null)}
    />
  );
}

function choiceOf(row: { _id: string; name: string; email: string; phone: string }): Choice {
  return { value: row._id, label: [row.name, row.email || row.phone].filter(Boolean).join(" · ") };
}
