import type { Template } from "./letter";
import { Action, Aside, Paragraph, Title } from "./pieces";

export const welcome: Template<"welcome"> = ({ name, companyName }, appUrl) => ({
  subject: `${companyName} is ready on Sunup`,
  preview: "Your pipeline is set up. Add your first project and see it move.",
  because: `You get this mail because you set up ${companyName} on Sunup.`,
  body: (
    <>
      <Title>Welcome to Sunup, {name}</Title>
      <Paragraph>
        {companyName} has its own workspace now, with a pipeline from the signed contract to
        permission to operate. You are its System Administrator.
      </Paragraph>
      <Paragraph>
        Add a project you are working on today. It takes a customer&rsquo;s name and a minute.
      </Paragraph>
      <Action href={`${appUrl}/projects`}>Add your first project</Action>
      <Aside>The pipeline is yours to change at any time, under Settings.</Aside>
    </>
  ),
});
