"use client";

import { Skeleton } from "@mantine/core";
import { IconMapSearch } from "@tabler/icons-react";
import { ButtonLink } from "@/components/ui/links";
import { Notice } from "@/components/ui/Notice";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useMember } from "@/components/workspace/MemberContext";
import { RequirePermission } from "@/components/workspace/RequirePermission";
import { api } from "@/convex/_generated/api";
import { errorData } from "@/lib/errors";
import { SurveysNotInPlan } from "../SurveysNotInPlan";
import { SurveyForm } from "./SurveyForm";

/** A survey's page, live. An address that leads to no survey of this company says "not found". */
export function SurveyView({ surveyId }: { surveyId: string }) {
  const { has } = useMember();
  return (
    <RequirePermission permission="projects.read">
      {has("siteSurvey") ? <Found surveyId={surveyId} /> : <SurveysNotInPlan order={1} />}
    </RequirePermission>
  );
}

function Found({ surveyId }: { surveyId: string }) {
  const survey = useLiveQuery(api.surveys.get, { surveyId });
  if (survey.status === "loading") {
    return <Skeleton height={480} radius="lg" aria-label="Loading the survey" />;
  }
  if (survey.status === "ready") return <SurveyForm key={survey.data._id} survey={survey.data} />;
  if (errorData(survey.error)?.code !== "NOT_FOUND") {
    return <ErrorNotice error={survey.error} order={1} />;
  }
  return (
    <Notice
      order={1}
      icon={<IconMapSearch size={26} stroke={1.6} aria-hidden />}
      title="Survey not found"
      actions={<ButtonLink href="/surveys">Go to all surveys</ButtonLink>}
    >
      There is no survey at this address in your company.
    </Notice>
  );
}
