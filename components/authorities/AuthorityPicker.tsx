"use client";

import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { AUTHORITY_KIND_NAMES, type AuthorityKind } from "@/lib/authorities";

const AuthorityDialog = dynamic(() => import("./AuthorityDialog").then((m) => m.AuthorityDialog));

type AuthorityPickerProps = {
  kind: AuthorityKind;
  label: string;
  value: Id<"authorities"> | undefined;
  onChange: (authorityId: Id<"authorities"> | undefined) => void;
};

/** How long to wait for the next letter before searching, in milliseconds. */
const TYPING_MS = 200;

const NEW = "new";

/** Chooses an authority of the directory by its name, or adds one on the way. */
export function AuthorityPicker({ kind, label, value, onChange }: AuthorityPickerProps) {
  const [typed, setTyped] = useState("");
  const [adding, setAdding] = useState<string | null>(null);
  const chosen = useLiveQuery(api.authorities.get, value ? { authorityId: value } : "skip");
  const chosenLabel = value && chosen.status === "ready" ? labelOf(chosen.data) : undefined;
  // The name of what is chosen stands in the field, too, and is no search.
  const searched = typed === chosenLabel ? "" : typed;
  const [text] = useDebouncedValue(searched, TYPING_MS);
  const found = useLiveQuery(api.authorities.search, { text, kind });
  const options = (found.status === "ready" ? found.data : []).map((authority) => ({
    value: authority._id as string,
    label: labelOf(authority),
  }));
  const known = options.some((option) => option.value === value);
  return (
    <>
      <Select
        label={label}
        placeholder={`Choose or add ${kind === "ahj" ? "an AHJ" : "a utility"}`}
        value={value ?? null}
        data={[
          ...(value && !known ? [{ value, label: chosenLabel ?? "…" }] : []),
          ...options,
          {
            value: NEW,
            label: `Add ${kind === "ahj" ? "an" : "a"} ${AUTHORITY_KIND_NAMES[kind]} …`,
          },
        ]}
        searchable
        clearable
        clearButtonProps={{ "aria-label": `No ${AUTHORITY_KIND_NAMES[kind]}` }}
        // The server searches; what it answers is shown as it is.
        filter={({ options: all }) => all}
        onSearchChange={setTyped}
        nothingFoundMessage={found.status === "loading" ? "Searching …" : "None of that name"}
        comboboxProps={{ portalProps: { target: "#content" } }}
        renderOption={({ option }) =>
          option.value === NEW ? (
            <>
              <IconPlus size={15} aria-hidden />
              {option.label}
            </>
          ) : (
            <bdi>{option.label}</bdi>
          )
        }
        onChange={(next) => {
          if (next === NEW) setAdding(searched);
          else onChange((next ?? undefined) as Id<"authorities"> | undefined);
        }}
      />
      {adding !== null && (
        <AuthorityDialog
          kind={kind}
          name={adding}
          onAdded={onChange}
          onClose={() => setAdding(null)}
        />
      )}
    </>
  );
}

function labelOf({ name, state }: { name: string; state?: string }): string {
  return state ? `${name}, ${state}` : name;
}
