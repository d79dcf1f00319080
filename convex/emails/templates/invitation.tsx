import type { Template } from "./letter";
import { Action, Address, Aside, Facts, Paragraph, Title } from "./pieces";
import { day, list } from "./words";

export const invitation: Template<"invitation"> = ({
  companyName,
  inviterName,
  roles,
  acceptUrl,
  expiresAt,
}) => ({
  subject: `${inviterName} invites you to ${companyName} on Sunup`,
  preview: `Accept by ${day(expiresAt)} to see the projects of ${companyName}.`,
  because: `You get this mail because ${inviterName} entered your address on Sunup. If you do not know them, ignore it: without your click nothing happens.`,
  body: (
    <>
      <Title>Join {companyName} on Sunup</Title>
      <Paragraph>
        {inviterName} invites you to work on the projects of {companyName} in Sunup.
      </Paragraph>
      <Facts
        facts={[
          ["Company", companyName],
          [roles.length === 1 ? "Your role" : "Your roles", list(roles)],
          ["Accept by", day(expiresAt)],
        ]}
      />
      <Action href={acceptUrl}>Accept the invitation</Action>
      <Aside data-skip-in-text>
        If the button does not work, open this address: <Address href={acceptUrl} />
      </Aside>
    </>
  ),
});
