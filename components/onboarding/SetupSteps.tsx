import { Loader, VisuallyHidden } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import type { CSSProperties } from "react";
import { ADMINISTRATOR } from "@/lib/roles";
import { DEFAULT_CAMPAIGN_NAME, DEFAULT_STAGES } from "@/lib/stages";
import classes from "./SetupSteps.module.css";

type Step = "account" | "workspace" | "pipeline" | "campaign" | "administrator";

/** From the company's appearing until the last step has been drawn, with a moment to read it. */
export const LAST_STEP_SHOWN_MS = 1_000;

type SetupStepsProps = {
  /** What is done; undefined while that is not known yet. */
  steps: Record<Step, boolean> | undefined;
  companyName: string | undefined;
};

/** The parts of a new company, ticked as the database has them. */
export function SetupSteps({ steps, companyName }: SetupStepsProps) {
  const list: { step: Step; label: string }[] = [
    { step: "account", label: "Your account" },
    { step: "workspace", label: companyName ? `Workspace for ${companyName}` : "Your workspace" },
    { step: "pipeline", label: `Pipeline with ${DEFAULT_STAGES.length} stages` },
    { step: "campaign", label: `Campaign “${DEFAULT_CAMPAIGN_NAME}”` },
    { step: "administrator", label: `You as ${ADMINISTRATOR}` },
  ];
  const current = steps && list.find(({ step }) => !steps[step])?.step;
  const done = steps ? list.filter(({ step }) => steps[step]).length : 0;
  return (
    <>
      <ol className={classes.list}>
        {list.map(({ step, label }, index) => {
          const state = steps?.[step] ? "done" : step === current ? "current" : "open";
          return (
            <li
              key={step}
              className={classes.step}
              data-state={state}
              style={{ "--step": index } as CSSProperties}
            >
              <span className={classes.mark} aria-hidden="true">
                {state === "done" && <IconCheck size={16} stroke={3} />}
                {state === "current" && <Loader size={16} />}
              </span>
              <span dir="auto" className={classes.label}>
                {label}
              </span>
              <VisuallyHidden>{state === "done" ? " (done)" : " (not yet)"}</VisuallyHidden>
            </li>
          );
        })}
      </ol>
      <VisuallyHidden role="status">
        {done} of {list.length} steps done
      </VisuallyHidden>
    </>
  );
}
