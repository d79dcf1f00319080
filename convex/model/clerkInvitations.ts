import { z } from "zod";
import { INVITATION_DAYS } from "../../lib/team";

/**
 * Clerk's back-end API (clerk.com/docs/reference/backend-api), as far as invitations need
 * it. Plain fetch: Clerk's SDK would make every function of the deployment heavier.
 */

const DEFAULT_API_URL = "https://api.clerk.com";

/** Clerk answered, and said no: asking the same again will not help soon. */
export class ClerkRefused extends Error {
  override name = "ClerkRefused";
}

/** What our invitations carry through Clerk, into the public metadata of the user they make. */
const metadata = z.object({ invitationId: z.string(), round: z.number() });

const clerkInvitation = z.object({
  id: z.string(),
  url: z.string().optional(),
  public_metadata: z.unknown(),
});

export type ClerkInvitation = { id: string; url: string | undefined; round: number };

type Order = { email: string; invitationId: string; round: number; redirectUrl: string };

/** Clerk's pending invitations that belong to this one of ours: at most one, or one per round. */
export async function pendingAtClerk(
  { email, invitationId }: Pick<Order, "email" | "invitationId">,
  signal: AbortSignal,
): Promise<ClerkInvitation[]> {
  const query = new URLSearchParams({ status: "pending", query: email, limit: "100" });
  const found = await call("GET", `/v1/invitations?${query}`, undefined, signal);
  return z
    .array(clerkInvitation)
    .parse(found)
    .flatMap((each) => {
      const own = metadata.safeParse(each.public_metadata);
      if (!own.success || own.data.invitationId !== invitationId) return [];
      return [{ id: each.id, url: each.url, round: own.data.round }];
    });
}

/** True when the address has an account: then its owner signs in instead of up. */
export async function hasAccount(email: string, signal: AbortSignal): Promise<boolean> {
  const query = new URLSearchParams({ email_address: email, limit: "1" });
  return (
    z.array(z.unknown()).parse(await call("GET", `/v1/users?${query}`, undefined, signal)).length >
    0
  );
}

/** A new invitation with its ticket's link. Clerk sends no mail of its own: ours names the company. */
export async function inviteAtClerk(order: Order, signal: AbortSignal): Promise<ClerkInvitation> {
  const body = {
    email_address: order.email,
    public_metadata: { invitationId: order.invitationId, round: order.round },
    redirect_url: order.redirectUrl,
    expires_in_days: INVITATION_DAYS,
    notify: false,
    // Two companies may invite the same person.
    ignore_existing: true,
  };
  const { id, url } = clerkInvitation.parse(await call("POST", "/v1/invitations", body, signal));
  return { id, url, round: order.round };
}

/** Withdraws one. One that was used or withdrawn in the meantime is as good. */
export async function revokeAtClerk(clerkInvitationId: string, signal: AbortSignal): Promise<void> {
  const path = `/v1/invitations/${encodeURIComponent(clerkInvitationId)}/revoke`;
  await call("POST", path, {}, signal).catch((error: unknown) => {
    if (!(error instanceof ClerkRefused)) throw error;
  });
}

/** Throws ClerkRefused for an answer of 4xx other than "too many requests", otherwise Error. */
async function call(method: string, path: string, body: object | undefined, signal: AbortSignal) {
  const secretKey = process.env.CLERK_SECRET_KEY;
  if (!secretKey) throw new Error("CLERK_SECRET_KEY is not set on the Convex deployment.");
  const response = await fetch((process.env.CLERK_API_URL || DEFAULT_API_URL) + path, {
    method,
    headers: { authorization: `Bearer ${secretKey}`, "content-type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
    signal,
  });
  if (response.ok) return (await response.json()) as unknown;
  const text = (await response.text()).slice(0, 500);
  const refused = response.status >= 400 && response.status < 500 && response.status !== 429;
  throw new (refused ? ClerkRefused : Error)(`Clerk answered ${response.status}: ${text}`);
}
