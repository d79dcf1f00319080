"use client";

import { Button, Group } from "@mantine/core";
import dynamic from "next/dynamic";
import { useState } from "react";
import { LIFE_STEPS, type LifeStep, stepsFor } from "./lifeSteps";
import type { StaffTenant } from "./types";

const LifeDialog = dynamic(() => import("./LifeDialog").then((m) => m.LifeDialog));
const TrialDialog = dynamic(() => import("./TrialDialog").then((m) => m.TrialDialog));
const EraseDialog = dynamic(() => import("./EraseDialog").then((m) => m.EraseDialog));
const CloseDialog = dynamic(() => import("./CloseDialog").then((m) => m.CloseDialog));

/** What staff can do with a company's life in its present state. For operators. */
export function LifeMenu({ company }: { company: StaffTenant }) {
  const [opened, setOpened] = useState<LifeStep | "trial" | "close" | "erase" | null>(null);
  const { simple, trial, close } = stepsFor(company);
  const onClose = () => setOpened(null);
  return (
    <Group gap="sm">
      {trial && (
        <Button variant="default" onClick={() => setOpened("trial")}>
          {company.tenant.trialEndsAt === undefined ? "Begin a trial…" : "Extend the trial…"}
        </Button>
      )}
      {simple.map((life) => (
        <Button key={life} variant="default" onClick={() => setOpened(life)}>
          {LIFE_STEPS[life].label}…
        </Button>
      ))}
      {close && (
        <Button variant="subtle" color="red" onClick={() => setOpened("close")}>
          Close…
        </Button>
      )}
      <Button variant="subtle" color="red" onClick={() => setOpened("erase")}>
        Erase now…
      </Button>
      {opened === "trial" && <TrialDialog company={company} onClose={onClose} />}
      {opened === "close" && <CloseDialog company={company} onClose={onClose} />}
      {opened === "erase" && <EraseDialog company={company} onClose={onClose} />}
      {opened !== null && opened !== "trial" && opened !== "close" && opened !== "erase" && (
        <LifeDialog life={opened} company={company} onClose={onClose} />
      )}
    </Group>
  );
}
