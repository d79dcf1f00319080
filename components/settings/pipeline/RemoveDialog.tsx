"use client";

import { Button, Group, Modal, NativeSelect, Skeleton, Stack, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState } from "react";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { isLastOfCategory, lastOfCategoryText } from "@/lib/stages";
import type { EditableStage } from "./types";

type RemoveDialogProps = { stage: EditableStage; stages: EditableStage[]; onClose: () => void };

/** Asks before a stage goes, and where its projects go. */
export function RemoveDialog({ stage, stages, onClose }: RemoveDialogProps) {
  const remove = useMutation(api.pipelineStages.remove);
  const contents = useLiveQuery(api.pipelineStages.contents, { stageId: stage._id });
  const others = stages.filter(({ _id, removal }) => _id !== stage._id && removal === undefined);
  const [chosen, setChosen] = useState<string | null>(null);
  const goal =
    others.find(({ _id }) => _id === chosen) ??
    others.find(({ category }) => category === stage.category) ??
    others[0];
  const isLast = isLastOfCategory(stages, stage);
  const holds =
    contents.status === "ready" && (contents.data.projects > 0 || contents.data.archived);

  const [confirm, busy] = useExclusive(async () => {
    try {
      await remove({
        stageId: stage._id,
        revision: stage.revision,
        moveTo: holds && goal ? goal._id : null,
      });
      toastSuccess(holds ? "The stage is being removed." : "Stage removed.");
      onClose();
    } catch (thrown) {
      toastError(thrown);
    }
  });

  return (
    <Modal
      opened
      onClose={onClose}
      title="Remove this stage?"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Stack gap="md">
        {contents.status === "error" && <ErrorNotice error={contents.error} order={3} />}
        {contents.status === "loading" && <Skeleton height={64} radius="md" />}
        {contents.status === "ready" && isLast && (
          <Text size="sm">{lastOfCategoryText(stage.category)}</Text>
        )}
        {contents.status === "ready" && !isLast && (
          <>
            <Text size="sm">
              <bdi>{stage.name}</bdi> leaves the pipeline for everybody in your company.{" "}
              {whatItHolds(contents.data)}
            </Text>
            {holds && (
              <NativeSelect
                label="Move its projects to"
                data={others.map(({ _id, name }) => ({ value: _id, label: name }))}
                value={goal?._id}
                onChange={(event) => setChosen(event.currentTarget.value)}
              />
            )}
          </>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={busy} data-autofocus>
            Cancel
          </Button>
          <Button
            color="red"
            loading={busy}
            disabled={contents.status !== "ready" || isLast}
            onClick={() => void confirm()}
          >
            {holds ? "Move and remove" : "Remove"}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function whatItHolds({ projects, archived }: { projects: number; archived: boolean }): string {
  const count = projects === 1 ? "1 project" : `${projects.toLocaleString("en-US")} projects`;
  if (projects > 0) return `${count}${archived ? " and archived ones" : ""} stand in it.`;
  return archived ? "Archived projects stand in it." : "No project stands in it.";
}
