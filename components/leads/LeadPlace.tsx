"use client";

import { NativeSelect, Stack } from "@mantine/core";
import { useMutation } from "convex/react";
import { Facts } from "@/components/ui/Facts";
import { toastError } from "@/components/ui/toasts";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import type { LeadDetail } from "./types";
import { showChanged } from "./useLeadChanges";

/** Which campaign a lead came from, and who looks after it. */
export function LeadPlace({ lead, editable }: { lead: LeadDetail; editable: boolean }) {
  const campaigns = useLiveQuery(api.campaigns.list, {});
  const workers = useLiveQuery(api.leads.workers, {});
  const update = useMutation(api.leads.update).withOptimisticUpdate((store, change) => {
    if (change.campaignId) showChanged(store, change.leadId, { campaignId: change.campaignId });
  });
  const assign = useMutation(api.leads.assign).withOptimisticUpdate((store, change) =>
    showChanged(store, change.leadId, { assigneeId: change.assigneeId ?? undefined }),
  );
  if (campaigns.status !== "ready" || workers.status !== "ready") return null;

  const { _id: leadId, campaignId, assigneeId } = lead;
  const known = workers.data.some(({ _id }) => _id === assigneeId);
  const workerName = workers.data.find(({ _id }) => _id === assigneeId)?.name ?? "A former member";
  if (!editable) {
    const campaign = campaigns.data.find(({ _id }) => _id === campaignId);
    return (
      <Facts
        items={[
          { label: "Campaign", value: <bdi>{campaign?.name}</bdi> },
          { label: "Assignee", value: assigneeId && <bdi>{workerName}</bdi> },
        ]}
      />
    );
  }
  return (
    <Stack gap="sm">
      <NativeSelect
        label="Campaign"
        value={campaignId}
        data={campaigns.data
          .filter(({ _id, archivedAt }) => archivedAt === undefined || _id === campaignId)
          .map(({ _id, name }) => ({ value: _id, label: name }))}
        onChange={(event) =>
          void update({
            leadId,
            campaignId: event.currentTarget.value as Id<"campaigns">,
          }).catch(toastError)
        }
      />
      <NativeSelect
        label="Assignee"
        value={assigneeId ?? ""}
        data={[
          { value: "", label: "Nobody yet" },
          // Who works on leads no more stays named where they are, and cannot be chosen anew.
          ...(assigneeId && !known ? [{ value: assigneeId, label: workerName }] : []),
          ...workers.data.map(({ _id, name }) => ({ value: _id, label: name })),
        ]}
        onChange={(event) =>
          void assign({
            leadId,
            assigneeId: (event.currentTarget.value || null) as Id<"members"> | null,
          }).catch(toastError)
        }
      />
    </Stack>
  );
}
