/**
 * Stripe's objects as they travel: the client's own types, with references as ids and decimals as
 * strings. The compiler so checks every field of what this server answers against the real client.
 */
import type Stripe from "stripe";

type Plain = string | number | boolean | null | undefined;

// "string | Customer | null" is a reference: on the wire, and in the store, it is the id.
type WireField<P> = string extends P ? Extract<P, Plain> : Wire<P>;

export type Wire<T> = T extends Plain
  ? T
  : T extends Stripe.Decimal
    ? string
    : T extends (infer U)[]
      ? WireField<U>[]
      : { [K in keyof T]: WireField<T[K]> };

export type Customer = Wire<Stripe.Customer>;
export type DeletedCustomer = Wire<Stripe.DeletedCustomer>;
export type Product = Wire<Stripe.Product>;
export type Price = Wire<Stripe.Price>;
export type PaymentMethod = Wire<Stripe.PaymentMethod>;
export type Subscription = Wire<Stripe.Subscription>;
export type SubscriptionItem = Wire<Stripe.SubscriptionItem>;
export type Invoice = Wire<Stripe.Invoice>;
export type InvoiceLine = Wire<Stripe.InvoiceLineItem>;
export type CheckoutSession = Wire<Stripe.Checkout.Session>;
export type CheckoutLine = Wire<Stripe.LineItem>;
export type PortalSession = Wire<Stripe.BillingPortal.Session>;
export type PortalConfiguration = Wire<Stripe.BillingPortal.Configuration>;
export type TestClock = Wire<Stripe.TestHelpers.TestClock>;
export type WebhookEndpoint = Wire<Stripe.WebhookEndpoint>;

export type EventType = Stripe.Event["type"];

/** An event; its object as it was then. */
export interface EventRecord {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  data: { object: Record<string, unknown>; previous_attributes?: Record<string, unknown> };
  livemode: false;
  /** How many endpoints have yet to answer 2xx; counted when the event is read. */
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

export interface List<T> {
  object: "list";
  data: T[];
  has_more: boolean;
  url: string;
}

/** A whole list inside of another object. */
export function list<T>(data: T[], url: string): List<T> {
  return { object: "list", data, has_more: false, url };
}
