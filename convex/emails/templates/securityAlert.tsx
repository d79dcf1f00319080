import type { Template } from "./letter";
import { Action, Facts, Notice, Paragraph, Title } from "./pieces";
import { moment } from "./words";

export const securityAlert: Template<"securityAlert"> = (
  { companyName, personName, refusals, at },
  appUrl,
) => ({
  subject: `Sunup refused ${personName} access ${refusals} times`,
  preview: "Nothing was shown or changed. Please check whether you know about it.",
  because: `You get this mail because you look after the safety of ${companyName} on Sunup.`,
  body: (
    <>
      <Title>Unusual access was refused</Title>
      <Paragraph>
        Someone signed in as {personName} tried to reach data that is not theirs. Sunup refused it
        every time: nothing was shown, and nothing was changed.
      </Paragraph>
      <Facts
        facts={[
          ["Company", companyName],
          ["Person", personName],
          ["Refused", `${refusals} times within a minute`],
          ["When", moment(at)],
        ]}
      />
      <Notice>
        If {personName} knows nothing about it, deactivate them under Team and let them set a new
        password.
      </Notice>
      <Action href={`${appUrl}/settings/team`}>Open the team</Action>
    </>
  ),
});
