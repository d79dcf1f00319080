import type { Template } from "./letter";
import { Action, Aside, Notice, Paragraph, Title } from "./pieces";

export const leadsUsedUp: Template<"leadsUsedUp"> = ({ companyName, campaignName }, appUrl) => ({
  subject: "Your lead form has to turn people away",
  preview: "This month's leads are used up. A larger plan opens the form again at once.",
  because: `You get this mail because you are an administrator of ${companyName} on Sunup.`,
  body: (
    <>
      <Title>This month’s leads are used up</Title>
      <Paragraph>
        Somebody has just sent a request through the form of “{campaignName}”, and {companyName}’s
        plan takes no more leads this month.
      </Paragraph>
      <Notice>
        Until the month is over, the form asks people to contact {companyName} directly. Nothing of
        what they wrote is kept.
      </Notice>
      <Paragraph>With a larger plan the form takes requests again at once.</Paragraph>
      <Action href={`${appUrl}/leads`}>Open your leads</Action>
      <Aside>You get this mail once a month at most.</Aside>
    </>
  ),
});
