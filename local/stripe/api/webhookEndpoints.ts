import { API_VERSION, type Account } from "../account.ts";
import { noSuch, notHere } from "../errors.ts";
import type { WebhookEndpoint } from "../wire.ts";
import { get, post, type Call } from "./call.ts";
import { page, PAGING } from "./lists.ts";
import { hash, read } from "./readers.ts";

/** The one endpoint is the app's, given when this server starts; it can be read and not changed. */
export const webhookEndpointRoutes = [
  get("webhook_endpoints", ({ account, params }) =>
    page([endpoint(account)], read(params, hash({}, PAGING)), "/v1/webhook_endpoints"),
  ),
  get("webhook_endpoints/:id", retrieve),
  post("webhook_endpoints", () => {
    throw notHere("further webhook endpoints: it has the one that it was started with");
  }),
];

function retrieve({ account, id }: Call): WebhookEndpoint {
  const only = endpoint(account);
  if (id !== only.id) throw noSuch("webhook endpoint", id);
  return only;
}

function endpoint({ outbox, time }: Account): WebhookEndpoint {
  return {
    id: "we_local",
    object: "webhook_endpoint",
    api_version: API_VERSION,
    application: null,
    created: time.machine(),
    description: null,
    enabled_events: [...outbox.enabledEvents],
    livemode: false,
    metadata: {},
    status: "enabled",
    url: outbox.url,
  };
}
