import { formatCents } from "../../../lib/format";
import type { Template } from "./letter";
import { Action, Aside, Facts, Notice, Paragraph, Title } from "./pieces";
import { day } from "./words";

const BILLING_PATH = "/settings/billing";

export const trialEnding: Template<"trialEnding"> = (
  { companyName, planName, endsAt },
  appUrl,
) => ({
  subject: `Your ${planName} trial ends on ${day(endsAt)}`,
  preview: `Keep ${planName} for ${companyName}, or go on with Starter. Nothing is deleted.`,
  because: `You get this mail because you look after the billing of ${companyName} on Sunup.`,
  body: (
    <>
      <Title>Your {planName} trial is nearly over</Title>
      <Paragraph>
        The time to try {planName} with {companyName} ends on {day(endsAt)}.
      </Paragraph>
      <Paragraph>
        To keep {planName}, choose it under Billing before then. If you do nothing, {companyName}{" "}
        goes on with Starter: nothing is deleted, and nothing is charged.
      </Paragraph>
      <Action href={appUrl + BILLING_PATH}>Choose a plan</Action>
    </>
  ),
});

export const paymentFailed: Template<"paymentFailed"> = (
  { companyName, amountCents, nextAttemptAt },
  appUrl,
) => ({
  subject: `The payment for ${companyName} did not go through`,
  preview: "Update your card to keep your plan. Your data is safe.",
  because: `You get this mail because you look after the billing of ${companyName} on Sunup.`,
  body: (
    <>
      <Title>Your payment did not go through</Title>
      <Paragraph>
        We could not charge your card for Sunup. That happens: cards expire, and banks are careful.
      </Paragraph>
      <Facts
        facts={[
          ["Company", companyName],
          ["Amount", formatCents(amountCents)],
          ["Next try", nextAttemptAt === undefined ? "none" : day(nextAttemptAt)],
        ]}
      />
      {nextAttemptAt === undefined && (
        <Notice>
          This was the last try. Without a payment {companyName} goes back to Starter; nothing is
          deleted.
        </Notice>
      )}
      <Action href={appUrl + BILLING_PATH}>Update your card</Action>
      <Aside>You can read and export everything meanwhile.</Aside>
    </>
  ),
});
