import { queueEmail } from "../emails/queue";
import type { EmailMessage } from "../tables/emails";
import type { TenantWriteCtx } from "../tenancy/functions";
import { ADMINISTRATOR, type Role } from "../../lib/roles";
import type { Doc } from "../_generated/dataModel";
import type { ScopedReader } from "../tenancy/scopedDb";

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

/** More administrators than any company has; a mail goes to no more than so many. */
const MAX_ADMINISTRATORS = 50;

/**
 * The company's active administrators. Roles are stored in the order of lib/roles.ts, which starts
 * with the administrator, so they are one range of the index.
 */
export async function administratorsOf(db: ScopedReader): Promise<Doc<"members">[]> {
  const behind = `${ADMINISTRATOR}\u0000` as Role;
  return await db
    .query("members")
    .withIndex("by_tenant_status_roles", (q) =>
      q.eq("status", "active").gte("roles", [ADMINISTRATOR]).lt("roles", [behind]),
    )
    .take(MAX_ADMINISTRATORS);
}
