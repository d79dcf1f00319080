"use client";

import { Button, Skeleton, Stack, Text } from "@mantine/core";
import dynamic from "next/dynamic";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { SurveyLine } from "./SurveyLine";
import { SurveysNotInPlan } from "./SurveysNotInPlan";

const PlanDialog = dynamic(() => import("./PlanDialog").then((m) => m.PlanDialog));

type SurveyPanelProps = { projectId: Id<"projects">; editable: boolean };

/** A project's site surveys: planned, done, or still to be planned. */
export function SurveyPanel({ projectId, editable }: SurveyPanelProps) {
  const { has } = useMember();
  return (
    <Panel title="Site survey">
      {has("siteSurvey") ? (
        <OpenSurveys projectId={projectId} editable={editable} />
      ) : (
        <SurveysNotInPlan order={3} />
      )}
    </Panel>
  );
}

function OpenSurveys({ projectId, editable }: SurveyPanelProps) {
  const surveys = useLiveQuery(api.surveys.ofProject, { projectId });
  const members = useLiveQuery(api.members.names, {});
  const planning = useLazyDisclosure();
  if (surveys.status === "loading") return <Skeleton height={60} radius="md" />;
  if (surveys.status === "error") return <ErrorNotice error={surveys.error} order={3} />;

  const people = members.status === "ready" ? members.data : [];
  const shown = surveys.data.filter(({ status }) => status !== "cancelled");
  return (
    <Stack gap="lg">
      {shown.map((survey) => (
        <SurveyLine key={survey._id} {...{ projectId, survey, people, editable }} />
      ))}
      {shown.length === 0 && (
        <Text component="p" m={0} c="dimmed" size="sm">
          No survey is planned yet.
        </Text>
      )}
      {editable && (
        <Button
          variant={shown.length > 0 ? "default" : "filled"}
          onClick={planning.open}
          style={{ alignSelf: "flex-start" }}
        >
          {shown.length > 0 ? "Plan another survey" : "Plan a survey"}
        </Button>
      )}
      {planning.wanted && (
        <PlanDialog
          projectId={projectId}
          survey={undefined}
          people={people}
          opened={planning.opened}
          onClose={planning.close}
        />
      )}
    </Stack>
  );
}
