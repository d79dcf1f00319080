"use client";

import { Button, NativeSelect } from "@mantine/core";
import { SearchField } from "@/components/ui/SearchField";
import { LEAD_STATUS_NAMES, LEAD_STATUSES, type LeadStatus } from "@/lib/leadStatus";
import { narrows, NO_FILTER, NOBODY, type LeadsFilter } from "./leadsFilter";
import classes from "./LeadsFilterBar.module.css";
import type { Campaign, LeadWorker } from "./types";

type LeadsFilterBarProps = {
  filter: LeadsFilter;
  campaigns: Campaign[];
  workers: LeadWorker[];
  /** Null for Sunup's staff, who have none of their own. */
  ownId: string | null;
  onChange: (change: Partial<LeadsFilter>) => void;
};

/** Which leads. */
export function LeadsFilterBar(props: LeadsFilterBarProps) {
  const { filter, campaigns, workers, ownId, onChange } = props;
  const mine = workers.some(({ _id }) => _id === ownId);
  return (
    <div className={classes.bar} role="search" aria-label="Leads">
      <SearchField
        className={classes.words}
        label="Find a lead"
        placeholder="Name, e-mail, phone, address"
        value={filter.q ?? ""}
        onSearch={(words) => onChange({ q: words || null })}
      />
      <NativeSelect
        className={classes.select}
        aria-label="Status"
        value={filter.status ?? ""}
        data={[
          { value: "", label: "Any status" },
          ...LEAD_STATUSES.map((value) => ({ value, label: LEAD_STATUS_NAMES[value] })),
        ]}
        onChange={(event) =>
          onChange({ status: (event.currentTarget.value || null) as LeadStatus | null })
        }
      />
      <NativeSelect
        className={classes.select}
        aria-label="Campaign"
        value={filter.campaign ?? ""}
        data={[
          { value: "", label: "All campaigns" },
          ...campaigns.map(({ _id, name, archivedAt }) => ({
            value: _id,
            label: archivedAt === undefined ? name : `${name} (archived)`,
          })),
        ]}
        onChange={(event) => onChange({ campaign: event.currentTarget.value || null })}
      />
      <NativeSelect
        className={classes.select}
        aria-label="Assignee"
        value={filter.assignee ?? ""}
        data={[
          { value: "", label: "Everyone’s" },
          ...(mine && ownId !== null ? [{ value: ownId, label: "Mine" }] : []),
          { value: NOBODY, label: "Nobody’s yet" },
          ...workers
            .filter(({ _id }) => _id !== ownId)
            .map(({ _id, name }) => ({ value: _id, label: name })),
        ]}
        onChange={(event) => onChange({ assignee: event.currentTarget.value || null })}
      />
      {narrows(filter) && (
        <Button variant="subtle" color="gray" onClick={() => onChange(NO_FILTER)}>
          Clear filters
        </Button>
      )}
    </div>
  );
}
