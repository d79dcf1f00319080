import Stripe from "stripe";
import { stripe } from "./stripe";

/**
 * Ends a customer's subscriptions at once and deletes the customer at Stripe, which keeps the
 * invoices. One that is gone already is as good. Throws what Stripe's client throws.
 */
export async function deleteCustomer(customer: string): Promise<void> {
  const client = stripe();
  try {
    const { data } = await client.subscriptions.list({ customer, limit: 100 });
    for (const { id } of data) await client.subscriptions.cancel(id);
    await client.customers.del(customer);
  } catch (error) {
    const isGone =
      error instanceof Stripe.errors.StripeInvalidRequestError && error.code === "resource_missing";
    if (!isGone) throw error;
  }
}
