import type { ApiRoute } from "./call.ts";
import { checkoutRoutes } from "./checkout.ts";
import { customerRoutes } from "./customers.ts";
import { eventRoutes } from "./events.ts";
import { invoiceRoutes } from "./invoices.ts";
import { paymentMethodRoutes } from "./paymentMethods.ts";
import { portalRoutes } from "./portal.ts";
import { priceRoutes } from "./prices.ts";
import { productRoutes } from "./products.ts";
import { subscriptionRoutes } from "./subscriptions.ts";
import { testClockRoutes } from "./testClocks.ts";
import { webhookEndpointRoutes } from "./webhookEndpoints.ts";

/** Everything of Stripe's API that is here. */
export const apiRoutes: ApiRoute[] = [
  ...customerRoutes,
  ...productRoutes,
  ...priceRoutes,
  ...paymentMethodRoutes,
  ...checkoutRoutes,
  ...portalRoutes,
  ...subscriptionRoutes,
  ...invoiceRoutes,
  ...eventRoutes,
  ...webhookEndpointRoutes,
  ...testClockRoutes,
];
