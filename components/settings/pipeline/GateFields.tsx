"use client";

import { ActionIcon, Button, Checkbox, MultiSelect, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useMember } from "@/components/workspace/MemberContext";
import { DOCUMENT_KIND_NAMES, DOCUMENT_KINDS } from "@/lib/documents";
import {
  MAX_REQUIREMENTS,
  offeredRequirements,
  requirementText,
  type StageRequirement,
} from "@/lib/gates";
import { TEXT_LIMITS } from "@/lib/limits";
import classes from "./GateFields.module.css";
import { FIELD_NAMES } from "./stageValues";

type GateFieldsProps = {
  gate: StageRequirement[];
  error: string | undefined;
  onChange: (gate: StageRequirement[]) => void;
};

type CheckRequirement = Extract<StageRequirement, { kind: "check" }>;

/** What a job needs before it may leave a stage forwards: papers and work, and lines of the company's own. */
export function GateFields({ gate, error, onChange }: GateFieldsProps) {
  const { has } = useMember();
  // What the form began with, so that a box stays where it is when its tick is taken away.
  const [begun] = useState(gate);
  const lines = gate.filter((each) => each.kind === "check");
  const documents = gate.filter((each) => each.kind === "document");
  const plain = gate.filter((each) => each.kind !== "check" && each.kind !== "document");
  const setLines = (next: CheckRequirement[]) => onChange([...plain, ...documents, ...next]);
  return (
    <fieldset className={classes.gate}>
      <legend>{FIELD_NAMES.gate}</legend>
      <p className={classes.hint}>
        A job goes on only when these are there. Going back is always possible, and a manager may
        move it for a reason.
      </p>
      {offeredRequirements(has("siteSurvey"), [...begun, ...gate]).map((kind) => (
        <Checkbox
          key={kind}
          label={requirementText({ kind })}
          checked={plain.some((each) => each.kind === kind)}
          onChange={(event) =>
            onChange([
              ...plain.filter((each) => each.kind !== kind),
              ...(event.currentTarget.checked ? [{ kind }] : []),
              ...documents,
              ...lines,
            ])
          }
        />
      ))}
      <MultiSelect
        label="Documents on file"
        placeholder={documents.length === 0 ? "None" : undefined}
        data={DOCUMENT_KINDS.map((value) => ({ value, label: DOCUMENT_KIND_NAMES[value] }))}
        value={documents.map(({ documentKind }) => documentKind)}
        onChange={(kinds) =>
          onChange([
            ...plain,
            ...kinds.map((documentKind) => ({ kind: "document" as const, documentKind })),
            ...lines,
          ])
        }
      />
      {lines.map((line, place) => (
        <div key={line.item} className={classes.line}>
          <TextInput
            aria-label={`Line ${place + 1} to tick`}
            placeholder="Such as: HOA letter received"
            value={line.label}
            maxLength={TEXT_LIMITS.checkLabel}
            autoComplete="off"
            autoFocus={line.label === ""}
            onChange={(event) =>
              setLines(lines.with(place, { ...line, label: event.currentTarget.value }))
            }
          />
          <ActionIcon
            variant="default"
            size={36}
            aria-label={`Remove line ${place + 1}`}
            onClick={() => setLines(lines.toSpliced(place, 1))}
          >
            <IconTrash size={17} stroke={1.7} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {error && (
        <Text c="var(--mantine-color-error)" size="xs" role="alert">
          {error}
        </Text>
      )}
      {gate.length < MAX_REQUIREMENTS && (
        <div>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconPlus size={15} aria-hidden />}
            onClick={() => setLines([...lines, { kind: "check", item: newItem(), label: "" }])}
          >
            Add a line to tick
          </Button>
        </div>
      )}
    </fieldset>
  );
}

/** A name for a line that no other line has. */
function newItem(): string {
  return crypto.randomUUID().replaceAll("-", "");
}
