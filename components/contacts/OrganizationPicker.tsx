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

type OrganizationPickerProps = {
  label: string;
  value: Id<"organizations"> | null;
  onChange: (organizationId: Id<"organizations"> | null) => void;
};

/** Chooses one of the company's organizations. */
export function OrganizationPicker({ label, value, onChange }: OrganizationPickerProps) {
  const [typed, setTyped] = useState("");
  const [words] = useDebouncedValue(typed.trim(), TYPING_MS);
  const named = useLiveQuery(
    api.organizations.names,
    value === null ? "skip" : { organizationIds: [value] },
  );
  const first = useLiveQuery(api.organizations.list, words === "" ? FIRST : "skip");
  const found = useLiveQuery(api.organizations.search, words === "" ? "skip" : { text: words });
  const rows =
    words === ""
      ? first.status === "ready"
        ? first.data.page
        : []
      : found.status === "ready"
        ? found.data
        : [];
  const chosen = named.status === "ready" ? named.data.map(choiceOf)[0] : undefined;
  return (
    <SearchPicker
      label={label}
      placeholder="None"
      nothingFound="No organization of that name"
      chosen={value === null ? null : (chosen ?? { value, label: "…" })}
      found={rows.map(choiceOf)}
      searchValue={typed}
      onSearchChange={setTyped}
      onChange={(id) => onChange(id as Id<"organizations"> | null)}
    />
  );
}

function choiceOf({ _id, name }: { _id: string; name: string }): Choice {
  return { value: _id, label: name };
}
