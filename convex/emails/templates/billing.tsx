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

export const trialCharging: Template<"trialCharging"> = (
  { companyName, planName, endsAt, amountCents },
  appUrl,
) => ({
  subject: `Your ${planName} trial ends on ${day(endsAt)}`,
  preview: `Then ${planName} costs ${formatCents(amountCents)} a month. You can still change your mind.`,
  because: `You get this mail because you look after the billing of ${companyName} on Sunup.`,
  body: (
    <>
      <Title>Your {planName} trial is nearly over</Title>
      <Paragraph>
        The free days of {planName} for {companyName} end on {day(endsAt)}. Then your card is
        charged {formatCents(amountCents)} for the first month, and {planName} goes on without a
        break.
      </Paragraph>
      <Paragraph>
        If you would rather not, change to Starter under Billing before then. Nothing is deleted,
        and nothing is charged.
      </Paragraph>
      <Action href={appUrl + BILLING_PATH}>See your billing</Action>
    </>
  ),
});

export const planEnded: Template<"planEnded"> = ({ companyName, planName }, appUrl) => ({
  subject: `${companyName} is on Starter now`,
  preview: `${planName} has ended. Everything you have is still there.`,
  because: `You get this mail because you look after the billing of ${companyName} on Sunup.`,
  body: (
    <>
      <Title>{planName} has ended</Title>
      <Paragraph>
        {companyName} goes on with Starter. Nothing was deleted: what is more than Starter holds can
        be read and exported, and only adding to it waits.
      </Paragraph>
      <Paragraph>You can have {planName} back at any time, with all that you had.</Paragraph>
      <Action href={appUrl + BILLING_PATH}>See your billing</Action>
    </>
  ),
});
