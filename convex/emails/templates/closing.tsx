import { ERASED_AFTER_DAYS } from "../../../lib/erasure";
import type { Template } from "./letter";
import { Action, Aside, Notice, Paragraph, Title } from "./pieces";
import { day } from "./words";

const CLOSING_PATH = "/settings/danger";

const becauseAdministrator = (companyName: string) =>
  `You get this mail because you are an administrator of ${companyName} on Sunup.`;

export const closingRequested: Template<"closingRequested"> = (
  { companyName, requestedBy, closesAt },
  appUrl,
) => ({
  subject: `${companyName} will be closed on ${day(closesAt)}`,
  preview: `${requestedBy} asked for it. Until then it can be taken back.`,
  because: becauseAdministrator(companyName),
  body: (
    <>
      <Title>{companyName} will be closed</Title>
      <Paragraph>
        {requestedBy} asked to close {companyName} on Sunup. On {day(closesAt)} everybody loses
        access.
      </Paragraph>
      <Notice>
        Until then everything works as before, and any administrator can take it back.
      </Notice>
      <Action href={appUrl + CLOSING_PATH}>Keep it open</Action>
      <Aside>Export what you want to keep before that day.</Aside>
    </>
  ),
});

export const closingReminder: Template<"closingReminder"> = (
  { companyName, closesAt },
  appUrl,
) => ({
  subject: `Reminder: ${companyName} closes on ${day(closesAt)}`,
  preview: "It can still be taken back, under Settings.",
  because: becauseAdministrator(companyName),
  body: (
    <>
      <Title>{companyName} closes soon</Title>
      <Paragraph>
        As an administrator asked, {companyName} will be closed on {day(closesAt)}. After that
        nobody can sign in to it.
      </Paragraph>
      <Paragraph>If that is what you want, there is nothing to do.</Paragraph>
      <Action href={appUrl + CLOSING_PATH}>Keep it open</Action>
      <Aside>Export what you want to keep before that day.</Aside>
    </>
  ),
});

export const closingCancelled: Template<"closingCancelled"> = (
  { companyName, cancelledBy },
  appUrl,
) => ({
  subject: `${companyName} stays open`,
  preview: `${cancelledBy} took the closing back. Everything is as before.`,
  because: becauseAdministrator(companyName),
  body: (
    <>
      <Title>{companyName} stays open</Title>
      <Paragraph>
        {cancelledBy} took the closing of {companyName} back. Nothing was lost, and everything works
        as before.
      </Paragraph>
      <Action href={`${appUrl}/dashboard`}>Open Sunup</Action>
    </>
  ),
});

export const closed: Template<"closed"> = ({ companyName }, appUrl) => ({
  subject: `${companyName} is closed`,
  preview: "Thank you for having worked with Sunup.",
  because: becauseAdministrator(companyName),
  body: (
    <>
      <Title>{companyName} is closed</Title>
      <Paragraph>
        The workspace of {companyName} on Sunup was closed today, as asked for. Nobody can sign in
        to it any more.
      </Paragraph>
      <Paragraph>
        In {ERASED_AFTER_DAYS} days all of its data is erased for good. If the closing was a
        mistake, write to our support before that.
      </Paragraph>
      <Paragraph>
        Thank you for having worked with Sunup. If you come back one day, you are welcome.
      </Paragraph>
      <Action href={appUrl}>Go to Sunup</Action>
    </>
  ),
});
