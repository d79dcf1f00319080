import type { Template } from "./letter";
import { Action, Facts, Paragraph, Title } from "./pieces";
import { moment } from "./words";

export const staffAlert: Template<"staffAlert"> = (
  { what, subjectName, companyName, count, at },
  appUrl,
) => ({
  subject: `Security alert: ${what} (${subjectName})`,
  preview: "An alert is open in the staff console.",
  because: "You get this mail because this address is set as the one for Sunup's security alerts.",
  body: (
    <>
      <Title>{what}</Title>
      <Paragraph>
        An alert is open in the staff console. It counts on while it is open, and sends no further
        mail.
      </Paragraph>
      <Facts
        facts={[
          ["About", subjectName],
          ...(companyName === undefined ? [] : [["Company", companyName] as [string, string]]),
          ["Events so far", String(count)],
          ["When", moment(at)],
        ]}
      />
      <Action href={`${appUrl}/admin/security`}>Open the alerts</Action>
    </>
  ),
});
