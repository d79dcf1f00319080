"use client";

import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { AUDIT_GROUPS, STAFF, SUNUP } from "@/lib/audit";
import classes from "./Audit.module.css";
import { type AuditFilter, NO_FILTER } from "./auditFilter";
import { GROUP_NAMES } from "./auditWords";

type AuditFilterBarProps = { filter: AuditFilter; onChange: (filter: AuditFilter) => void };

/** What to show of the trail. */
export function AuditFilterBar({ filter, onChange }: AuditFilterBarProps) {
  const members = useLiveQuery(api.members.names, {});
  const people = members.status === "ready" ? members.data : [];
  const set = (change: Partial<AuditFilter>) => onChange({ ...filter, ...change });
  const narrows = Object.values(filter).some((each) => each !== null);
  return (
    <div className={classes.bar} role="group" aria-label="Filter">
      <NativeSelect
        label="What"
        value={filter.group ?? ""}
        data={[
          { value: "", label: "Everything" },
          ...AUDIT_GROUPS.map((value) => ({ value, label: GROUP_NAMES[value] })),
        ]}
        onChange={(event) =>
          set({ group: AUDIT_GROUPS.find((each) => each === event.currentTarget.value) ?? null })
        }
      />
      <NativeSelect
        label="Who"
        value={filter.person ?? ""}
        data={[
          { value: "", label: "Everybody" },
          ...people.map(({ _id, name }) => ({ value: _id, label: name })),
          { value: SUNUP, label: "Sunup, by itself" },
          { value: STAFF, label: "Sunup’s staff" },
        ]}
        onChange={(event) => set({ person: event.currentTarget.value || null })}
      />
      <TextInput
        label="From"
        type="date"
        value={filter.from ?? ""}
        max={filter.to ?? undefined}
        onChange={(event) => set({ from: event.currentTarget.value || null })}
      />
      <TextInput
        label="To"
        type="date"
        value={filter.to ?? ""}
        min={filter.from ?? undefined}
        onChange={(event) => set({ to: event.currentTarget.value || null })}
      />
      {narrows && (
        <Button variant="subtle" color="gray" onClick={() => onChange(NO_FILTER)}>
          Clear
        </Button>
      )}
    </div>
  );
}
