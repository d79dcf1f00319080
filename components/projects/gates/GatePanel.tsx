"use client";

import { Checkbox } from "@mantine/core";
import { IconCircle, IconCircleCheck } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { Anchored } from "@/components/ui/Anchored";
import { Panel } from "@/components/ui/Panel";
import { toastError } from "@/components/ui/toasts";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { api } from "@/convex/_generated/api";
import { type EvidencePlace, requirementKey, requirementText } from "@/lib/gates";
import type { ProjectDetail } from "../types";
import classes from "./GatePanel.module.css";

type Gate = FunctionReturnType<typeof api.projects.gate>;

type GatePanelProps = { project: ProjectDetail; editable: boolean };

/** What the job's stage asks for before it may go on, with the lines to tick. Nothing where it asks for nothing. */
export function GatePanel({ project, editable }: GatePanelProps) {
  const gate = useLiveQuery(api.projects.gate, { projectId: project._id });
  if (gate.status !== "ready" || gate.data.requirements.length === 0) return null;
  return (
    <Anchored id={"gate" satisfies EvidencePlace}>
      <Panel title={`To leave “${gate.data.stage}”`}>
        <ul className={classes.requirements}>
          {gate.data.requirements.map((each) => (
            <li key={requirementKey(each.requirement)}>
              <RequirementLine
                projectId={project._id}
                stageId={gate.data.stageId}
                editable={editable}
                {...each}
              />
            </li>
          ))}
        </ul>
      </Panel>
    </Anchored>
  );
}

type RequirementLineProps = Gate["requirements"][number] & {
  projectId: ProjectDetail["_id"];
  stageId: Gate["stageId"];
  editable: boolean;
};

function RequirementLine(props: RequirementLineProps) {
  const { projectId, stageId, editable, requirement, met, state } = props;
  const setChecked = useMutation(api.projects.setChecked).withOptimisticUpdate(
    (store, { item, checked }) => {
      const shown = store.getQuery(api.projects.gate, { projectId });
      if (!shown) return;
      const requirements = shown.requirements.map((each) =>
        each.requirement.kind === "check" && each.requirement.item === item
          ? { ...each, met: checked }
          : each,
      );
      store.setQuery(api.projects.gate, { projectId }, { ...shown, requirements });
    },
  );
  if (requirement.kind === "check") {
    const { item, label } = requirement;
    return (
      <Checkbox
        label={label}
        checked={met}
        disabled={!editable}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          setChecked({ projectId, stageId, item, checked }).catch(toastError);
        }}
      />
    );
  }
  const Icon = met ? IconCircleCheck : IconCircle;
  return (
    <div className={classes.requirement} data-met={met || undefined}>
      <Icon size={20} stroke={1.7} aria-hidden />
      <span>
        {requirementText(requirement)}
        <span className={classes.state}>{state}</span>
      </span>
    </div>
  );
}
