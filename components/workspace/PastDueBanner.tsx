"use client";

import { ButtonLink } from "@/components/ui/links";
import { OVERDUE_DAYS } from "@/lib/billing";
import { DAY_MS } from "@/lib/days";
import { formatDate } from "@/lib/format";
import { PLANS } from "@/lib/plans";
import { Banner } from "./Banner";
import { useMember } from "./MemberContext";

/**
 * Over every page of a company whose payment is overdue: until when the plan stays, and for
 * whoever looks after the billing the way to mend it. The frame is always there, as the closing's.
 */
export function PastDueBanner() {
  const { tenant, can } = useMember();
  const { pastDueSince, plan } = tenant;
  return (
    <div role="status">
      {pastDueSince !== undefined && (
        <Banner
          action={
            can("billing.manage") && (
              <ButtonLink href="/settings/billing">Update the card</ButtonLink>
            )
          }
        >
          <strong>The last payment for Sunup did not go through.</strong> Everything works as before
          until {formatDate(pastDueSince + OVERDUE_DAYS * DAY_MS)}; without a payment the company
          then goes from {PLANS[plan].name} to {PLANS.starter.name}, and nothing is deleted.
          {!can("billing.manage") && " An administrator can update the card."}
        </Banner>
      )}
    </div>
  );
}
