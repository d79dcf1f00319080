"use client";

import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState, type FormEvent } from "react";
import { AnchorLink } from "@/components/ui/links";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { overrideReason } from "@/lib/gates";
import { TEXT_LIMITS } from "@/lib/limits";
import { moveOptimistically } from "../optimisticMove";
import type { BlockedMove } from "../useMoveToStage";
import classes from "./GateDialog.module.css";

type GateDialogProps = { blocked: BlockedMove; onClose: () => void };

/** What holds a job back, each with the way to it; and for those who may, the way past it, with a reason. */
export function GateDialog({ blocked, onClose }: GateDialogProps) {
  const { can } = useMember();
  const { projectId, to, missing } = blocked;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Not ready for “${to.name}” yet`}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Text size="sm">The job stays where it is, because this is missing:</Text>
      <ul className={classes.missing}>
        {missing.map(({ requirement, state, stage, place }) => (
          <li key={`${stage} ${requirement}`}>
            <AnchorLink
              href={`/projects/${projectId}#${place}`}
              fw={600}
              underline="always"
              onClick={onClose}
            >
              {requirement}
            </AnchorLink>
            <span className={classes.state}>{state}</span>
            <span className={classes.stage}>To leave “{stage}”</span>
          </li>
        ))}
      </ul>
      {can("projects.overrideGates") ? (
        <Override blocked={blocked} onClose={onClose} />
      ) : (
        <Group justify="space-between" gap="sm" mt="md">
          <Text size="sm" c="dimmed" className={classes.hint}>
            A manager can move it all the same.
          </Text>
          <Button onClick={onClose}>OK</Button>
        </Group>
      )}
    </Modal>
  );
}

function Override({ blocked: { projectId, to }, onClose }: GateDialogProps) {
  const mutation = useMutation(api.projects.movePastGate);
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string | null>(null);

  const [submit, busy] = useExclusive(async () => {
    const checked = overrideReason.safeParse(reason);
    if (!checked.success) {
      setError(checked.error.issues[0]?.message ?? "Say why the job goes on without it.");
      return;
    }
    try {
      const move = mutation.withOptimisticUpdate(moveOptimistically);
      await move({ projectId, stageId: to._id, reason });
      toastSuccess(`Moved to “${to.name}”. The reason is in the timeline.`);
      onClose();
    } catch (thrown) {
      const data = errorData(thrown);
      if (data?.field === "reason") setError(data.message);
      else toastError(thrown);
    }
  });

  return (
    <form
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack gap="md">
        <Textarea
          label="Reason to move it all the same"
          description="It stays in the job’s timeline and in the company’s audit trail."
          autosize
          minRows={2}
          maxLength={TEXT_LIMITS.reason}
          value={reason}
          error={error}
          onChange={(event) => {
            setReason(event.currentTarget.value);
            setError(null);
          }}
        />
        <Group justify="flex-end" gap="sm">
          <Button type="submit" variant="default" loading={busy}>
            Move anyway
          </Button>
          <Button onClick={onClose} disabled={busy} data-autofocus>
            Leave it there
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
