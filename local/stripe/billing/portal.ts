/** Sessions of the customer portal, whose page lets a customer mend what is theirs. */
import { randomId } from "../../storage/ids.ts";
import { newSecret } from "../../storage/secrets.ts";
import type { Account } from "../account.ts";
import { emit } from "../events/events.ts";
import type { Customer, PortalConfiguration, PortalSession } from "../wire.ts";

/** How long the address works, in seconds. */
const LIFE = 60 * 60;

/** The one configuration; at Stripe it is made in the dashboard. */
const CONFIGURATION = "bpc_local";

export function createPortalSession(
  account: Account,
  customer: Customer,
  returnUrl: string | null,
  flow: PortalSession["flow"],
  locale: PortalSession["locale"],
): PortalSession {
  const created = account.time.now(null);
  const session: PortalSession = {
    id: randomId("bps"),
    object: "billing_portal.session",
    configuration: CONFIGURATION,
    created,
    customer: customer.id,
    customer_account: null,
    flow,
    livemode: false,
    locale,
    on_behalf_of: null,
    return_url: returnUrl,
    url: `${account.url}/p/session/${newSecret()}`,
  };
  account.store.portalSessions.put(session);
  emit(account, "billing_portal.session.created", session, { created });
  return session;
}

/** What the portal's page offers; it cannot be changed here. */
export function portalConfiguration({ time }: Account): PortalConfiguration {
  const made = time.machine();
  return {
    id: CONFIGURATION,
    object: "billing_portal.configuration",
    active: true,
    application: null,
    business_profile: { headline: null, privacy_policy_url: null, terms_of_service_url: null },
    created: made,
    default_return_url: null,
    features: {
      customer_update: { allowed_updates: [], enabled: false },
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true, payment_method_configuration: null },
      subscription_cancel: {
        cancellation_reason: { enabled: false, feedback_options: null, options: [] },
        enabled: true,
        mode: "at_period_end",
        proration_behavior: "none",
      },
      subscription_pause: {
        duration: { interval_options: [], type: "indefinite" },
        enabled: false,
      },
      subscription_update: {
        billing_cycle_anchor: null,
        default_allowed_updates: ["price"],
        enabled: true,
        proration_behavior: "always_invoice",
        schedule_at_period_end: { conditions: [] },
        trial_update_behavior: "end_trial",
      },
    },
    is_default: true,
    livemode: false,
    login_page: { enabled: false, url: null },
    metadata: {},
    name: null,
    updated: made,
  };
}

/** The session at this address; undefined when there is none or it is over. */
export function portalSessionAt(account: Account, path: string): PortalSession | undefined {
  const session = account.store.portalSessions.find("url", `${account.url}${path}`);
  return session && session.created + LIFE > account.time.now(null) ? session : undefined;
}
