"use client";

import { Skeleton } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { PageHeader } from "@/components/ui/PageHeader";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { MAX_STAGES, STAGE_CATEGORIES, type StageCategory } from "@/lib/stages";
import classes from "./PipelineSettings.module.css";
import { StageGroup } from "./StageGroup";
import type { EditableStage } from "./types";

const StageDialog = dynamic(() => import("./StageDialog").then((m) => m.StageDialog));
const RemoveDialog = dynamic(() => import("./RemoveDialog").then((m) => m.RemoveDialog));

/** The stages through which the company's projects move. For members with `settings.manage`. */
export function PipelineSettings() {
  return (
    <RequirePermission permission="settings.manage">
      <PageHeader
        title="Pipeline"
        description="The stages of a job, in order. A change is there at once for everybody in your company."
      />
      <Stages />
    </RequirePermission>
  );
}

type Open =
  | { dialog: "add"; category: StageCategory }
  | { dialog: "edit" | "remove"; stageId: Id<"pipelineStages"> };

function Stages() {
  const stages = useLiveQuery(api.pipelineStages.editable, {});
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);

  if (stages.status === "error") return <ErrorNotice error={stages.error} />;
  if (stages.status === "loading") {
    return (
      <div className={classes.groups} role="status" aria-label="Loading the pipeline">
        {STAGE_CATEGORIES.map((category) => (
          <Skeleton key={category} height={130} radius="lg" />
        ))}
      </div>
    );
  }
  const all = stages.data;
  const stage = open && "stageId" in open ? find(all, open.stageId) : undefined;
  return (
    <>
      <div className={classes.groups}>
        {STAGE_CATEGORIES.map((category) => (
          <StageGroup
            key={category}
            category={category}
            stages={all.filter((each) => each.category === category)}
            allStages={all}
            full={all.length >= MAX_STAGES}
            onAdd={() => setOpen({ dialog: "add", category })}
            onEdit={({ _id }) => setOpen({ dialog: "edit", stageId: _id })}
            onRemove={({ _id }) => setOpen({ dialog: "remove", stageId: _id })}
          />
        ))}
      </div>
      {open?.dialog === "add" && (
        <StageDialog category={open.category} stages={all} onClose={close} />
      )}
      {open?.dialog === "edit" && stage && (
        <StageDialog
          key={stage._id}
          stage={stage}
          category={stage.category}
          stages={all}
          onClose={close}
        />
      )}
      {open?.dialog === "remove" && stage && (
        <RemoveDialog key={stage._id} stage={stage} stages={all} onClose={close} />
      )}
    </>
  );
}

function find(stages: EditableStage[], stageId: Id<"pipelineStages">): EditableStage | undefined {
  return stages.find(({ _id, removal }) => _id === stageId && removal === undefined);
}
