import type { Template } from "./letter";
import { day } from "./words";
import { Action, Aside, Notice, Paragraph, Title } from "./pieces";

const NUMBER = new Intl.NumberFormat("en-US");

export const archiveReady: Template<"archiveReady"> = (
  { companyName, requestedBy, rows, files, expiresAt },
  appUrl,
) => ({
  subject: `The archive of ${companyName} is ready`,
  preview: `It can be downloaded until ${day(expiresAt)}.`,
  because: `You get this mail because you are an administrator of ${companyName} on Sunup.`,
  body: (
    <>
      <Title>Your archive is ready</Title>
      <Paragraph>
        {requestedBy} asked for everything of {companyName} as a file: {NUMBER.format(rows)} records
        and {NUMBER.format(files)} files.
      </Paragraph>
      <Notice>
        It holds all that your company has on Sunup. Download it until {day(expiresAt)}, and keep it
        where only the right people find it.
      </Notice>
      <Action href={`${appUrl}/settings/data`}>Download the archive</Action>
      <Aside>Only administrators of {companyName} who are signed in can download it.</Aside>
    </>
  ),
});
