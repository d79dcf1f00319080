import { z } from "zod";
import { STRIPE_EVENTS } from "../../lib/billing";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { wasErased } from "../model/erasedAccounts";
import type { Delivery, Outcome, WebhookEvent } from "../model/webhookInbox";
import type { SystemActionCtx, SystemCtx } from "../tenancy/functions";
import { isHome, otherShards } from "../model/shards";
import { isLiveMode } from "./stripe";
import { syncBilling } from "./sync";

const text = z.string().min(1).max(255);
const stripeEvent = z.object({
  id: text,
  type: text,
  livemode: z.boolean(),
  data: z.object({
    object: z.looseObject({ object: text, id: text, customer: text.nullish().catch(undefined) }),
  }),
});
type StripeEvent = z.infer<typeof stripeEvent>;

/**
 * The event in a signed body of Stripe's, or null when it is none. It only says whose billing
 * changed: events come more than once, late and out of order, so what they hold is not looked at.
 */
export function readStripeEvent(body: string): WebhookEvent | null {
  const event = parse(body);
  if (event === null) return null;
  return { type: event.type, subject: customerOf(event), work: (ctx) => take(ctx, event) };
}

/** Reads the company's state at Stripe again and lets the company follow. Throws when that fails. */
export async function followStripeEvent(
  ctx: SystemActionCtx,
  { body }: Pick<Delivery, "body">,
): Promise<Outcome> {
  const event = parse(body);
  const customer = event ? customerOf(event) : undefined;
  const tenantId: Id<"tenants"> | null = await ctx.runQuery(internal.billing.sync.tenantOf, {
    customer: customer ?? "",
  });
  // A second delivery at the same time: the first one has let go of the deleted customer.
  if (tenantId === null) return { status: "processed", detail: "The customer is gone." };
  const { detail } = await syncBilling(ctx, tenantId);
  return { status: "processed", detail };
}

async function take(ctx: SystemCtx, event: StripeEvent): Promise<Outcome> {
  if (!(STRIPE_EVENTS as readonly string[]).includes(event.type)) {
    return { status: "ignored", detail: `Sunup does nothing on ${event.type}.` };
  }
  if (event.livemode !== isLiveMode()) {
    const mode = event.livemode ? "live" : "test";
    return { status: "failed", detail: `The event is of the ${mode} mode, and our key is not.` };
  }
  const customer = customerOf(event);
  if (customer === undefined) return { status: "failed", detail: "The event names no customer." };
  if (await wasErased(ctx, customer)) {
    return { status: "ignored", detail: "The customer's company was erased." };
  }
  if ((await ctx.tenantOfCustomer(customer)) === null) {
    // Which company a customer is of knows only the deployment where that lives.
    const handOnTo = isHome() ? otherShards() : [];
    if (handOnTo.length > 0) {
      return { status: "received", detail: "The customer is none of home's.", handOnTo };
    }
    if (!isHome())
      return { status: "ignored", detail: "The customer is none of this deployment's." };
    return { status: "failed", detail: `No company here is Stripe's customer ${customer}.` };
  }
  return { status: "received", detail: "The present state is read from Stripe." };
}

function customerOf({ data: { object } }: StripeEvent): string | undefined {
  return object.object === "customer" ? object.id : (object.customer ?? undefined);
}

function parse(body: string): StripeEvent | null {
  try {
    return stripeEvent.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}
