import { getCustomer } from "../billing/customers.ts";
import { createPortalSession, portalConfiguration } from "../billing/portal.ts";
import { getSubscription } from "../billing/subscriptionRecords.ts";
import { invalid, noSuch } from "../errors.ts";
import type { PortalSession } from "../wire.ts";
import { get, post, type Call } from "./call.ts";
import { WEB_ADDRESS } from "./checkout.ts";
import { page, PAGING } from "./lists.ts";
import { flag, hash, oneOf, read, text } from "./readers.ts";

const SUBSCRIPTION = hash({ subscription: text }, {});

const FLOW = hash(
  { type: oneOf("payment_method_update", "subscription_cancel", "subscription_update") },
  {
    after_completion: hash(
      { type: oneOf("portal_homepage", "redirect") },
      { redirect: hash({ return_url: WEB_ADDRESS }, {}) },
    ),
    subscription_cancel: SUBSCRIPTION,
    subscription_update: SUBSCRIPTION,
  },
);

const NEW = hash({ customer: text }, { return_url: WEB_ADDRESS, locale: text, flow_data: FLOW });

export const portalRoutes = [
  post("billing_portal/sessions", create),
  get("billing_portal/configurations", ({ account, params }) =>
    page(
      [portalConfiguration(account)],
      read(params, hash({}, { ...PAGING, active: flag, is_default: flag })),
      "/v1/billing_portal/configurations",
    ),
  ),
];

function create(call: Call): PortalSession {
  const input = read(call.params, NEW);
  const customer = getCustomer(call.account, input.customer, "customer");
  return createPortalSession(
    call.account,
    customer,
    input.return_url ?? null,
    input.flow_data ? flow(call, customer.id, input.flow_data) : null,
    input.locale ?? null,
  );
}

function flow(
  { account }: Call,
  customer: string,
  data: ReturnType<typeof FLOW>,
): PortalSession["flow"] {
  const { type, after_completion: after, subscription_cancel, subscription_update } = data;
  if (type !== "payment_method_update") {
    const chosen = data[type];
    const param = `flow_data[${type}][subscription]`;
    if (!chosen)
      throw invalid(`Missing required param: ${param}.`, { code: "parameter_missing", param });
    const subscription = getSubscription(account, chosen.subscription, param);
    if (subscription.customer !== customer)
      throw noSuch("subscription", chosen.subscription, param);
  }
  return {
    after_completion: {
      hosted_confirmation: null,
      redirect: after?.redirect ?? null,
      type: after?.type ?? "portal_homepage",
    },
    customer_update: null,
    subscription_cancel: subscription_cancel ? { retention: null, ...subscription_cancel } : null,
    subscription_pause: null,
    subscription_update: subscription_update ?? null,
    subscription_update_confirm: null,
    type,
  };
}
