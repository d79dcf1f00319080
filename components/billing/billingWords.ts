import { givesPlan, type InvoiceStatus, isOverdue, OVERDUE_DAYS } from "@/lib/billing";
import { DAY_MS } from "@/lib/days";
import { formatDate } from "@/lib/format";
import { type PlanId, PLANS } from "@/lib/plans";
import { gigabytes, type UsageMetric } from "@/lib/usage";
import { planPrice } from "@/components/ui/planWords";
import type { BillingAccount } from "./types";

const NUMBER = new Intl.NumberFormat("en-US", { maximumFractionDigits: 1 });
const { starter, pro } = PLANS;

type Standing = {
  plan: PlanId;
  trialEndsAt: number | undefined;
  account: BillingAccount;
};

/** The subscription while it gives the plan, or null. */
export function inForce({ subscription }: BillingAccount): BillingAccount["subscription"] {
  return subscription && givesPlan(subscription.status) ? subscription : null;
}

/** What the company pays and what comes next, in one or two sentences. */
export function standingWords({ plan, trialEndsAt, account }: Standing): string {
  const paid = inForce(account);
  if (account.given && plan !== "starter") {
    const { until } = account.given;
    return `By agreement with Sunup${until === null ? "" : ` until ${formatDate(until)}`}.`;
  }
  if (paid?.cancelAt !== undefined) {
    return `${pro.name} ends on ${formatDate(paid.cancelAt)}. Then the company goes on with ${starter.name}, and nothing is deleted.`;
  }
  if (paid && isOverdue(paid.status)) {
    const until = (account.pastDueSince ?? Date.now()) + OVERDUE_DAYS * DAY_MS;
    return `The last payment did not go through. ${pro.name} stays until ${formatDate(until)}; update the card before then to keep it.`;
  }
  if (paid?.status === "trialing") {
    return `Free until ${formatDate(paid.trialEnd ?? paid.currentPeriodEnd)}, then ${planPrice(pro)}.`;
  }
  if (paid) return `${planPrice(pro)}. Renews on ${formatDate(paid.currentPeriodEnd)}.`;
  if (trialEndsAt !== undefined) {
    return `Your trial of ${PLANS[plan].name} ends on ${formatDate(trialEndsAt)}. Then the company goes on with ${starter.name}, unless you keep ${pro.name}.`;
  }
  return `${planPrice(PLANS[plan])}, for as long as you like.`;
}

/** What the button to the checkout does. */
export function checkoutWords({ plan, trialEndsAt, account }: Standing): string {
  if (trialEndsAt !== undefined) return `Keep ${pro.name}`;
  if (plan === "starter" && account.trialUsed) return `Upgrade to ${pro.name}`;
  return `Try ${pro.name} free`;
}

export const METRIC_NAMES: Record<UsageMetric, string> = {
  users: "People",
  leads: "Leads this month",
  storageBytes: "Files",
  videoMinutes: "Video this month",
};

/** An amount of a metric with its unit. */
export function amountWords(metric: UsageMetric, value: number): string {
  if (metric === "storageBytes") return gigabytes(value);
  if (metric === "videoMinutes") return `${NUMBER.format(value)} min`;
  return NUMBER.format(value);
}

/** "3 of 10", "12, no limit". */
export function meterWords(metric: UsageMetric, used: number, limit: number | null): string {
  const words = amountWords(metric, used);
  if (limit === null) return `${words}, no limit`;
  if (limit === 0 && used === 0) return "Not in your plan";
  return `${words} of ${amountWords(metric, limit)}`;
}

/** "2026-11" -> "Nov". */
export function monthName(period: string): string {
  const month = new Date(`${period}-01T00:00:00Z`);
  return new Intl.DateTimeFormat("en-US", { month: "short", timeZone: "UTC" }).format(month);
}

export const INVOICE_WORDS: Record<InvoiceStatus, { label: string; color: string }> = {
  draft: { label: "Being made", color: "gray" },
  open: { label: "To be paid", color: "sun" },
  paid: { label: "Paid", color: "green" },
  uncollectible: { label: "Not collected", color: "red" },
  void: { label: "Cancelled", color: "gray" },
  other: { label: "See Stripe", color: "gray" },
};
