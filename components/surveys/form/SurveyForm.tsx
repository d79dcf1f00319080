"use client";

import { Anchor, Badge, Button, Stack, Text } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import { Facts } from "@/components/ui/Facts";
import { AnchorLink } from "@/components/ui/links";
import { PageHeader } from "@/components/ui/PageHeader";
import { Panel } from "@/components/ui/Panel";
import { toastError, toastSuccess } from "@/components/ui/toasts";
import { useExclusive } from "@/components/ui/useExclusive";
import { useMember } from "@/components/workspace/MemberContext";
import { api } from "@/convex/_generated/api";
import { formatMoment } from "@/lib/format";
import { isPhotoNeeded, missingOf, shownAnswer, SURVEY_SECTIONS } from "@/lib/surveyForm";
import type { SurveySection } from "@/lib/surveyForm";
import classes from "../Surveys.module.css";
import type { SurveyDetail } from "../types";
import { PhotoSlot } from "./PhotoSlot";
import { QuestionField } from "./QuestionField";
import { SendingState } from "./SendingState";
import { useAnswers } from "./useAnswers";
import { usePhotos } from "./usePhotos";

const SECTIONS: readonly SurveySection[] = SURVEY_SECTIONS;

/** The survey as it is filled in on site, and as it is read afterwards. */
export function SurveyForm({ survey }: { survey: SurveyDetail }) {
  const { canAsMember, tenant } = useMember();
  const editable = canAsMember("projects.write") && survey.status === "scheduled";
  const { values, unsent, answer } = useAnswers(survey);
  const { waiting, take, drop } = usePhotos(survey);
  const removePhoto = useMutation(api.documents.remove);
  const complete = useMutation(api.surveys.complete);
  const slots = [...survey.photos, ...waiting].map(({ slot }) => slot);
  const missing = missingOf(values, slots);

  const [completeNow, completing] = useExclusive(async () => {
    try {
      await complete({ surveyId: survey._id });
      toastSuccess("Survey completed. Roof and main panel are on the project.");
    } catch (thrown) {
      toastError(thrown);
    }
  });

  return (
    <div className={classes.form}>
      <AnchorLink href="/surveys" size="sm" className={classes.back}>
        <IconArrowLeft size={16} aria-hidden />
        All surveys
      </AnchorLink>
      <PageHeader
        title={<bdi>{survey.projectName}</bdi>}
        description={
          <>
            Site survey, {formatMoment(survey.startsAt, tenant.timeZone)}{" "}
            {survey.status !== "scheduled" && (
              <Badge variant="light" color="gray" tt="none">
                {survey.status === "completed" ? "Completed" : "Cancelled"}
              </Badge>
            )}
          </>
        }
      />
      <Stack gap="lg">
        <Panel title="Visit">
          <Facts
            items={[
              { label: "Customer", value: <bdi>{survey.customerName}</bdi> },
              {
                label: "Phone",
                value: survey.customerPhone && (
                  <Anchor inherit href={`tel:${survey.customerPhone}`}>
                    {survey.customerPhone}
                  </Anchor>
                ),
              },
              { label: "Address", value: survey.siteAddress && <bdi>{survey.siteAddress}</bdi> },
              { label: "Note", value: survey.note && <bdi>{survey.note}</bdi> },
              {
                label: "Project",
                value: (
                  <AnchorLink href={`/projects/${survey.projectId}`}>Open the project</AnchorLink>
                ),
              },
            ]}
          />
        </Panel>
        {SECTIONS.map(({ title, questions, photos }) => (
          <Panel key={title} title={title}>
            <Stack gap="md">
              {editable ? (
                Object.entries(questions).map(([name, question]) => (
                  <QuestionField
                    key={name}
                    name={name}
                    question={question}
                    value={values[name]}
                    onAnswer={(value) => answer(name, value)}
                  />
                ))
              ) : (
                <Facts
                  items={Object.entries(questions).map(([name, { label }]) => ({
                    label,
                    value: values[name] === undefined ? undefined : shownAnswer(name, values[name]),
                  }))}
                />
              )}
              {Object.entries(photos).map(([slot, { label }]) => (
                <PhotoSlot
                  key={slot}
                  label={label}
                  needed={isPhotoNeeded(slot, values)}
                  editable={editable}
                  photos={survey.photos.filter((photo) => photo.slot === slot)}
                  waiting={waiting.filter((photo) => photo.slot === slot)}
                  onTake={(files) => void take(slot, files)}
                  onDrop={(key) => void drop(key)}
                  onRemove={(documentId) => void removePhoto({ documentId }).catch(toastError)}
                />
              ))}
            </Stack>
          </Panel>
        ))}
        {editable && (
          <Panel title="Finish">
            {missing.length > 0 ? (
              <>
                <Text component="p" m={0} size="sm">
                  Still needed:
                </Text>
                <ul className={classes.missing} aria-label="Still needed">
                  {missing.map((each) => (
                    <li key={each}>{each}</li>
                  ))}
                </ul>
              </>
            ) : (
              <Text component="p" m={0} size="sm">
                Everything is here.
              </Text>
            )}
            <Button
              mt="md"
              loading={completing}
              disabled={missing.length > 0 || unsent + waiting.length > 0}
              onClick={() => void completeNow()}
            >
              Complete the survey
            </Button>
          </Panel>
        )}
      </Stack>
      {editable && <SendingState answers={unsent} photos={waiting.length} />}
    </div>
  );
}
