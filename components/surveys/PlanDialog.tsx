"use client";

import { Button, Group, Modal, NativeSelect, Stack, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "convex/react";
import { type FormEvent, useState } from "react";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useNow } from "@/components/ui/useNow";
import { useMember } from "@/components/workspace/MemberContext";
import { useOwnMember } from "@/components/workspace/useOwnMember";
import type { MemberName } from "@/components/projects/types";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { errorData } from "@/lib/errors";
import { addDays } from "@/lib/calendarDay";
import { clockAt, momentOf } from "@/lib/zonedTime";
import type { ProjectSurvey } from "./types";

type PlanDialogProps = {
  projectId: Id<"projects">;
  /** The planned survey that is changed; absent for a new one. */
  survey: ProjectSurvey | undefined;
  people: MemberName[];
  opened: boolean;
  onClose: () => void;
};

/** When a survey is, who does it, what they should know. Times are the company's. */
export function PlanDialog({ projectId, survey, people, opened, onClose }: PlanDialogProps) {
  const { tenant } = useMember();
  const member = useOwnMember();
  const { timeZone } = tenant;
  const now = useNow();
  const [typed, setTyped] = useState<Partial<Record<"day" | "time" | "who" | "note", string>>>({});
  const [problem, setProblem] = useState<{ field: string; message: string } | null>(null);
  const schedule = useMutation(api.surveys.schedule);
  const replan = useMutation(api.surveys.replan);

  const start = survey
    ? clockAt(survey.startsAt, timeZone)
    : { day: addDays(clockAt(now, timeZone).day, 1), time: "09:00" };
  const values = {
    ...start,
    who: survey?.assigneeId ?? member._id,
    note: survey?.note ?? "",
    ...typed,
  };
  const change = (part: typeof typed) => {
    setTyped({ ...typed, ...part });
    setProblem(null);
  };
  const problemOf = (field: string) => (problem?.field === field ? problem.message : undefined);

  function close() {
    setTyped({});
    setProblem(null);
    onClose();
  }

  const [save, saving] = useExclusive(async () => {
    const startsAt = momentOf(values.day, values.time, timeZone);
    if (Number.isNaN(startsAt)) {
      return setProblem({ field: "startsAt", message: "Choose a day and a time." });
    }
    const plan = { startsAt, assigneeId: values.who as Id<"members">, note: values.note };
    try {
      if (survey) await replan({ surveyId: survey._id, ...plan });
      else await schedule({ projectId, ...plan });
      toastSuccess(survey ? "Survey changed." : "Survey planned.");
      close();
    } catch (thrown) {
      const data = errorData(thrown);
      if (data?.field) setProblem({ field: data.field, message: data.message });
      else toastError(thrown);
    }
  });

  const choices = people.filter(
    ({ _id, status }) => status === "active" || _id === survey?.assigneeId,
  );
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={survey ? "Reschedule the survey" : "Plan a survey"}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <form
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap="md">
          <Group grow gap="sm" align="flex-start">
            <TextInput
              type="date"
              label="Day"
              data-autofocus
              value={values.day}
              error={problemOf("startsAt")}
              onChange={(event) => change({ day: event.currentTarget.value })}
            />
            <TextInput
              type="time"
              label="Time"
              value={values.time}
              onChange={(event) => change({ time: event.currentTarget.value })}
            />
          </Group>
          <NativeSelect
            label="Who"
            value={values.who}
            data={choices.map(({ _id, name }) => ({ value: _id, label: name }))}
            onChange={(event) => change({ who: event.currentTarget.value })}
          />
          <Textarea
            label="Note"
            description="What the surveyor should know: gate code, dogs, whom to call."
            autosize
            minRows={2}
            value={values.note}
            error={problemOf("note")}
            onChange={(event) => change({ note: event.currentTarget.value })}
          />
        </Stack>
        <Group justify="flex-end" gap="sm" mt="lg">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button type="submit" loading={saving}>
            {survey ? "Save" : "Plan the survey"}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
