"use client";

import { Button, Group, Modal, NativeSelect, NumberInput, Stack, TextInput } from "@mantine/core";
import { pick } from "convex-helpers";
import type { FormEvent } from "react";
import { ConflictNotice } from "@/components/ui/ConflictNotice";
import { TEXT_LIMITS } from "@/lib/limits";
import { STAGE_CATEGORIES, STAGE_CATEGORY_NAMES, type StageCategory } from "@/lib/stages";
import { GateFields } from "./GateFields";
import { FIELD_NAMES, shownValue, type StageValues } from "./stageValues";
import type { EditableStage } from "./types";
import { useStageForm } from "./useStageForm";

type StageDialogProps = {
  /** The stage to change; a new one without. */
  stage?: EditableStage;
  category: StageCategory;
  stages: EditableStage[];
  onClose: () => void;
};

/** The form of a stage: name, category, target, and what a job needs to leave it. */
export function StageDialog({ stage, category, stages, onClose }: StageDialogProps) {
  const live: StageValues = stage
    ? pick(stage, ["name", "category", "targetDays", "gate"])
    : { name: "", category, targetDays: 7, gate: [] };
  const others = stages.filter(({ _id }) => _id !== stage?._id).map(({ name }) => name);
  const form = useStageForm(live, stage, others, onClose);
  const { values, errors, change, overtaken } = form;
  return (
    <Modal
      opened
      onClose={onClose}
      title={stage ? "Edit stage" : "Add a stage"}
      closeOnClickOutside={form.edited.length === 0}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void form.save();
        }}
      >
        <Stack gap="md">
          <ConflictNotice
            who={stage?.changedByName}
            conflicts={overtaken.map((field) => ({
              field,
              label: FIELD_NAMES[field],
              mine: shownValue(field, values),
              theirs: shownValue(field, live),
            }))}
            onKeepMine={form.keepMine}
            onTakeTheirs={form.takeTheirs}
          />
          <TextInput
            label={FIELD_NAMES.name}
            name="name"
            withAsterisk
            data-autofocus
            autoComplete="off"
            maxLength={TEXT_LIMITS.stageName}
            value={values.name}
            error={errors.name}
            onChange={(event) => change("name", event.currentTarget.value)}
          />
          <NativeSelect
            label={FIELD_NAMES.category}
            name="category"
            description="Categories keep their order; the stage goes to the end of the one you choose."
            data={STAGE_CATEGORIES.map((value) => ({ value, label: STAGE_CATEGORY_NAMES[value] }))}
            value={values.category}
            error={errors.category}
            onChange={(event) => change("category", event.currentTarget.value as StageCategory)}
          />
          <NumberInput
            label={FIELD_NAMES.targetDays}
            name="targetDays"
            description="Calendar days that a job should stay here at most; 0 for no target."
            allowNegative={false}
            allowDecimal={false}
            value={values.targetDays}
            error={errors.targetDays}
            onChange={(value) => change("targetDays", value)}
          />
          <GateFields
            gate={values.gate}
            error={errors.gate}
            onChange={(gate) => change("gate", gate)}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose} disabled={form.busy}>
              Cancel
            </Button>
            <Button type="submit" loading={form.busy} disabled={overtaken.length > 0}>
              {stage ? "Save changes" : "Add stage"}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
