"use client";

import { Button, Group, Text } from "@mantine/core";
import { useMutation } from "convex/react";
import dynamic from "next/dynamic";
import type { MemberName } from "@/components/projects/types";
import { ButtonLink } from "@/components/ui/links";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { formatMoment } from "@/lib/format";
import type { ProjectSurvey } from "./types";

const PlanDialog = dynamic(() => import("./PlanDialog").then((m) => m.PlanDialog));
const ConfirmDialog = dynamic(() =>
  import("@/components/ui/ConfirmDialog").then((m) => m.ConfirmDialog),
);

type SurveyLineProps = {
  projectId: Id<"projects">;
  survey: ProjectSurvey;
  people: MemberName[];
  editable: boolean;
};

/** One survey of a project: when and who, its form, and what can still be changed. */
export function SurveyLine({ projectId, survey, people, editable }: SurveyLineProps) {
  const { tenant } = useMember();
  const planning = useLazyDisclosure();
  const cancelling = useLazyDisclosure();
  const cancel = useMutation(api.surveys.cancel);
  const open = editable && survey.status === "scheduled";
  const assignee = people.find(({ _id }) => _id === survey.assigneeId)?.name ?? "";

  async function cancelNow() {
    try {
      await cancel({ surveyId: survey._id });
      toastSuccess("Survey cancelled.");
    } catch (thrown) {
      toastError(thrown);
    }
  }

  return (
    <div>
      <Text component="p" m={0} fw={500}>
        {survey.completedAt === undefined
          ? `Planned for ${formatMoment(survey.startsAt, tenant.timeZone)}, `
          : `Completed on ${formatMoment(survey.completedAt, tenant.timeZone)}, `}
        <bdi>{survey.completedByName ?? assignee}</bdi>
      </Text>
      {survey.note && (
        <Text component="p" c="dimmed" size="sm" m={0} dir="auto">
          {survey.note}
        </Text>
      )}
      <Group gap="sm" mt="sm">
        <ButtonLink href={`/surveys/${survey._id}`} variant="default">
          {open ? "Fill in" : "Look at it"}
        </ButtonLink>
        {open && (
          <>
            <Button variant="default" onClick={planning.open}>
              Reschedule
            </Button>
            <Button variant="subtle" color="red" onClick={cancelling.open}>
              Cancel the survey
            </Button>
          </>
        )}
      </Group>
      {planning.wanted && (
        <PlanDialog
          {...{ projectId, survey, people }}
          opened={planning.opened}
          onClose={planning.close}
        />
      )}
      {cancelling.wanted && (
        <ConfirmDialog
          title="Cancel this survey?"
          confirm="Cancel the survey"
          opened={cancelling.opened}
          onClose={cancelling.close}
          onConfirm={() => void cancelNow()}
        >
          It leaves the calendar. Photos that were taken stay with the project’s documents.
        </ConfirmDialog>
      )}
    </div>
  );
}
