import { formatDay } from "../../../lib/format";
import { subjectPath } from "../../../lib/notifications";
import { projectPath } from "../../../lib/projects";
import type { Template } from "./letter";
import { Action, Aside, Facts, Notice, Paragraph, Title } from "./pieces";

const CHOICES = "You choose these mails under Settings, Notifications.";

export const taskAssigned: Template<"taskAssigned"> = (
  { companyName, personName, projectName, taskTitle, dueDay, projectId },
  appUrl,
) => ({
  subject: `${personName} assigned you a task in ${projectName}`,
  preview: dueDay === undefined ? `Task: ${taskTitle}` : `Due ${formatDay(dueDay)}: ${taskTitle}`,
  because: `You get this mail because ${personName} of ${companyName} assigned a task to you on Sunup. ${CHOICES}`,
  body: (
    <>
      <Title>A task for you</Title>
      <Paragraph>{personName} assigned it to you.</Paragraph>
      <Facts
        facts={[
          ["Task", taskTitle],
          ["Project", projectName],
          ...(dueDay === undefined ? [] : [["Due", formatDay(dueDay)] as const]),
        ]}
      />
      <Action href={appUrl + projectPath(projectId)}>Open the project</Action>
      <Aside>Check it off there when it is done.</Aside>
    </>
  ),
});

export const surveyAssigned: Template<"surveyAssigned"> = (
  { companyName, personName, projectName, when, surveyId },
  appUrl,
) => ({
  subject: `${personName} asked you to survey ${projectName}`,
  preview: `Site survey: ${when}`,
  because: `You get this mail because ${personName} of ${companyName} planned a site survey for you on Sunup. ${CHOICES}`,
  body: (
    <>
      <Title>A site survey for you</Title>
      <Paragraph>{personName} planned it for you.</Paragraph>
      <Facts
        facts={[
          ["Project", projectName],
          ["When", when],
        ]}
      />
      <Action href={appUrl + subjectPath({ surveyId })}>Open the survey</Action>
      <Aside>Address, notes and the form to fill in are there.</Aside>
    </>
  ),
});

export const mention: Template<"mention"> = (
  { companyName, personName, projectName, excerpt, projectId },
  appUrl,
) => ({
  subject: `${personName} mentioned you in ${projectName}`,
  preview: `In a note: ${excerpt}`,
  because: `You get this mail because ${personName} of ${companyName} mentioned you on Sunup. ${CHOICES}`,
  body: (
    <>
      <Title>{personName} mentioned you</Title>
      <Paragraph>In a note on the project {projectName}:</Paragraph>
      <Notice>{excerpt}</Notice>
      <Action href={appUrl + projectPath(projectId)}>Open the project</Action>
      <Aside>The whole note, and the way to answer it, are there.</Aside>
    </>
  ),
});
