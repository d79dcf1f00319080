"use client";

import { MultiSelect, SegmentedControl } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState } from "react";
import { toastError } from "@/components/ui/toasts";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import {
  LEAD_ASSIGNMENT_NAMES,
  LEAD_ASSIGNMENTS,
  type LeadAssignment,
  MAX_TURNS,
} from "@/lib/campaigns";
import type { CampaignSettings, LeadWorker } from "../types";
import classes from "./Campaigns.module.css";

type AssignmentFieldsProps = { campaign: CampaignSettings; workers: LeadWorker[] };

/** Who gets a campaign's new leads. Saved with every choice that makes sense. */
export function AssignmentFields({ campaign, workers }: AssignmentFieldsProps) {
  const setAssignment = useMutation(api.campaigns.setAssignment).withOptimisticUpdate(
    (store, { campaignId, assignment, memberIds }) => {
      const campaigns = store.getQuery(api.campaigns.settings, {});
      const next = campaigns?.map((each) =>
        each._id === campaignId ? { ...each, assignment, turnIds: memberIds } : each,
      );
      store.setQuery(api.campaigns.settings, {}, next);
    },
  );
  // "In turn" is saved once somebody is chosen.
  const [wanted, setWanted] = useState<LeadAssignment | null>(null);
  const { _id: campaignId, name, turnIds } = campaign;
  const assignment = wanted ?? campaign.assignment;

  function save(next: LeadAssignment, memberIds: Id<"members">[]) {
    const incomplete = next === "roundRobin" && memberIds.length === 0;
    setWanted(incomplete ? next : null);
    if (incomplete) return;
    setAssignment({ campaignId, assignment: next, memberIds }).catch(toastError);
  }

  const former = turnIds.filter((id) => !workers.some(({ _id }) => _id === id));
  return (
    <div className={classes.part}>
      <h3>Who gets new leads</h3>
      <SegmentedControl
        aria-label={`Assignment of ${name}`}
        value={assignment}
        data={LEAD_ASSIGNMENTS.map((value) => ({ value, label: LEAD_ASSIGNMENT_NAMES[value] }))}
        onChange={(value) => save(value as LeadAssignment, turnIds)}
      />
      {assignment === "roundRobin" ? (
        <MultiSelect
          label="Who takes turns"
          description="Each gets the next lead; who is away is passed over."
          placeholder={turnIds.length === 0 ? "Choose people" : undefined}
          error={wanted !== null && "Choose at least one person."}
          value={wanted === null ? turnIds : []}
          data={[
            ...workers.map(({ _id, name }) => ({ value: _id as string, label: name })),
            ...former.map((id) => ({ value: id as string, label: "Somebody without access" })),
          ]}
          maxValues={MAX_TURNS}
          searchable
          nothingFoundMessage="Nobody of that name"
          comboboxProps={{ portalProps: { target: "#content" } }}
          onChange={(ids) => save("roundRobin", ids as Id<"members">[])}
        />
      ) : (
        <p className={classes.hint}>New leads wait in the list until somebody takes them.</p>
      )}
    </div>
  );
}
