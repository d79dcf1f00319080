import { MAX_AGENT_LENGTH } from "../../lib/security";
import type { WebhookCtx } from "../tenancy/functions";
import { logSecurity } from "../tenancy/securityLog";

/** Says in the log that a request came with a signature that does not fit, and from where. */
export async function reportForgery({ meta }: WebhookCtx, source: string): Promise<void> {
  const { ip, userAgent } = await meta.getRequestMetadata();
  // What a stranger sends is cut before it is printed: a line has room for 4 kB.
  const agent = userAgent?.slice(0, MAX_AGENT_LENGTH) ?? null;
  logSecurity({ type: "forgedWebhook", source, address: ip, agent });
}
