import { SUPPORT_ACCESS_PATH } from "../../../lib/notifications";
import type { Template } from "./letter";
import { Action, Aside, Notice, Paragraph, Title } from "./pieces";

export const supportRequested: Template<"supportRequested"> = (
  { companyName, staffName, reason },
  appUrl,
) => ({
  subject: `Sunup’s support asks to enter ${companyName}`,
  preview: `${staffName} gave a reason. Nobody comes in before you agree.`,
  because: `You get this mail because you are an administrator of ${companyName} on Sunup.`,
  body: (
    <>
      <Title>May we come in?</Title>
      <Paragraph>
        {staffName} of Sunup asks to enter {companyName} for 30 minutes.
      </Paragraph>
      <Notice>{reason}</Notice>
      <Action href={appUrl + SUPPORT_ACCESS_PATH}>Allow or refuse</Action>
      <Aside>Nobody comes in before you agree. Without an answer the request ends in a day.</Aside>
    </>
  ),
});
