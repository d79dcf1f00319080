"use client";

import { Anchor, Button, Group } from "@mantine/core";
import dynamic from "next/dynamic";
import { Panel } from "@/components/ui/Panel";
import { useLazyDisclosure } from "@/components/ui/useLazyDisclosure";
import { useMember } from "@/components/workspace/MemberContext";
import { PLANS } from "@/lib/plans";
import classes from "./Billing.module.css";
import { checkoutWords, inForce, standingWords } from "./billingWords";
import type { BillingAccount, MeteredUsage } from "./types";
import { useStripeRequest } from "./useStripeRequest";

const DowngradeDialog = dynamic(() => import("./DowngradeDialog").then((m) => m.DowngradeDialog));

type PlanPanelProps = { account: BillingAccount; usage: MeteredUsage[] };

/** The plan, what comes next, and the ways to change it. */
export function PlanPanel({ account, usage }: PlanPanelProps) {
  const { tenant } = useMember();
  const { plan, trialEndsAt } = tenant;
  const stripe = useStripeRequest();
  const downgrade = useLazyDisclosure();
  const standing = { plan, trialEndsAt, account };
  const paid = inForce(account);
  const button = (kind: Parameters<typeof stripe.start>[0]) => ({
    loading: stripe.busy === kind,
    disabled: stripe.busy !== null && stripe.busy !== kind,
    onClick: () => void stripe.start(kind),
  });
  return (
    <Panel title={`${PLANS[plan].name} plan`}>
      <p className={classes.standing}>{standingWords(standing)}</p>
      <Group gap="sm">
        {!paid && (account.given === null || plan === "starter") && (
          <Button {...button("checkout")}>{checkoutWords(standing)}</Button>
        )}
        {paid?.cancelAt !== undefined && (
          <Button {...button("resume")}>Keep {PLANS[plan].name}</Button>
        )}
        {account.hasCustomer && (paid || account.invoices.length > 0) && (
          <Button
            variant={account.pastDueSince === null ? "default" : "filled"}
            {...button("portal")}
          >
            {account.pastDueSince === null ? "Manage payment" : "Update the card"}
          </Button>
        )}
        {paid && paid.cancelAt === undefined && (
          <Button
            variant="subtle"
            color="gray"
            disabled={stripe.busy !== null}
            onClick={downgrade.open}
          >
            Change to {PLANS.starter.name}…
          </Button>
        )}
      </Group>
      {stripe.problem && (
        <p role="alert" className={classes.problem}>
          {stripe.problem}
        </p>
      )}
      {plan !== "enterprise" && <AskForEnterprise contact={account.contact} />}
      {downgrade.wanted && paid && (
        <DowngradeDialog
          until={paid.currentPeriodEnd}
          usage={usage}
          opened={downgrade.opened}
          onClose={downgrade.close}
          onConfirm={() => void stripe.start("cancel")}
        />
      )}
    </Panel>
  );
}

function AskForEnterprise({ contact }: { contact: string | null }) {
  const { tenant } = useMember();
  if (contact === null) return null;
  const subject = encodeURIComponent(`${PLANS.enterprise.name} for ${tenant.name}`);
  return (
    <p className={classes.enterprise}>
      Several branches, more people, your own brand?{" "}
      <Anchor inherit underline="always" href={`mailto:${contact}?subject=${subject}`}>
        Talk to us about {PLANS.enterprise.name}
      </Anchor>
    </p>
  );
}
