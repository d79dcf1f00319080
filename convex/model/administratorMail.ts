import { queueEmail } from "../emails/queue";
import type { EmailMessage } from "../tables/emails";
import type { TenantWriteCtx } from "../tenancy/functions";
import { administratorsOf } from "./administrators";

/** Queues a mail to each administrator of the company, once per `key`. */
export async function mailAdministrators(
  ctx: Pick<TenantWriteCtx, "db" | "schedule">,
  key: string,
  message: EmailMessage,
): Promise<void> {
  for (const { clerkUserId, email } of await administratorsOf(ctx.db)) {
    await queueEmail(ctx, { to: email, idempotencyKey: `${key}/${clerkUserId}`, message });
  }
}
