/** What a customer can do in the portal, each in one transaction. */
import type { Account } from "../account.ts";
import { liveSubscriptions, saveCustomer } from "../billing/customers.ts";
import { getInvoice } from "../billing/invoices.ts";
import { payInvoice } from "../billing/payment.ts";
import { attachCard } from "../billing/paymentMethods.ts";
import { getRecurringPrice, periodOf } from "../billing/prices.ts";
import { changeSubscription } from "../billing/subscriptionChanges.ts";
import { saveSubscription } from "../billing/subscriptionRecords.ts";
import { noSuch } from "../errors.ts";
import type { Customer, Subscription } from "../wire.ts";
import { readCard } from "./cardForm.ts";

/** The actions, and what the page says when one is done. */
export const PORTAL_ACTIONS = {
  cancel: "Your plan will end at the end of its period.",
  renew: "Your plan goes on.",
  switch: "Your plan has been switched.",
  card: "Your card has been saved.",
  pay: "Thank you, your payment has been made.",
};

export type PortalAction = keyof typeof PORTAL_ACTIONS;

export function isPortalAction(name: string): name is PortalAction {
  return Object.hasOwn(PORTAL_ACTIONS, name);
}

/** Throws what the customer is told when it does not work. Only what is the customer's own is found. */
export function performPortalAction(
  account: Account,
  customer: Customer,
  action: PortalAction,
  form: URLSearchParams,
): void {
  const own = (): Subscription =>
    ownSubscription(account, customer, form.get("subscription") ?? "");
  switch (action) {
    case "cancel": {
      const subscription = own();
      // In flexible billing mode Stripe's portal sets the time and leaves cancel_at_period_end false.
      changeSubscription(account, subscription, { endAt: periodOf(subscription).end });
      return;
    }
    case "renew":
      changeSubscription(account, own(), { endAt: null });
      return;
    case "switch":
      switchPlan(account, own(), form.get("price") ?? "");
      return;
    case "card":
      changeCard(account, customer, form);
      return;
    case "pay":
      pay(account, customer, form.get("invoice") ?? "");
  }
}

function switchPlan(account: Account, subscription: Subscription, priceId: string): void {
  const price = getRecurringPrice(account, priceId, "price");
  const [item] = subscription.items.data;
  changeSubscription(account, subscription, {
    items: [{ id: item?.id, price }],
    prorationBehavior: "always_invoice",
    errorIfIncomplete: true,
  });
}

/** The new card becomes the customer's default, and that of subscriptions that have one of their own. */
function changeCard(account: Account, customer: Customer, form: URLSearchParams): void {
  const card = readCard(form, account.time.now(customer.test_clock));
  const { id } = attachCard(account, customer, card);
  saveCustomer(account, customer, {
    ...customer,
    invoice_settings: { ...customer.invoice_settings, default_payment_method: id },
  });
  for (const subscription of liveSubscriptions(account, customer.id)) {
    if (subscription.default_payment_method !== null) {
      saveSubscription(account, subscription, { ...subscription, default_payment_method: id });
    }
  }
}

function pay(account: Account, customer: Customer, invoiceId: string): void {
  const invoice = getInvoice(account, invoiceId);
  if (invoice.customer !== customer.id) throw noSuch("invoice", invoiceId);
  const refusal = payInvoice(account, invoice, { byHand: true });
  if (refusal) throw refusal;
}

function ownSubscription(account: Account, customer: Customer, id: string): Subscription {
  const subscription = liveSubscriptions(account, customer.id).find((one) => one.id === id);
  if (!subscription) throw noSuch("subscription", id);
  return subscription;
}
