import { z } from "zod";
import { INVITATION_DAYS } from "../../lib/team";
import { callClerk, ClerkRefused } from "./clerkApi";

/** Invitations at Clerk: its back-end API as far as ours need it. */

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
  const found = await callClerk("GET", `/v1/invitations?${query}`, undefined, signal);
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
    z.array(z.unknown()).parse(await callClerk("GET", `/v1/users?${query}`, undefined, signal))
      .length > 0
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
  const { id, url } = clerkInvitation.parse(
    await callClerk("POST", "/v1/invitations", body, signal),
  );
  return { id, url, round: order.round };
}

/** Withdraws one. One that was used or withdrawn in the meantime is as good. */
export async function revokeAtClerk(clerkInvitationId: string, signal: AbortSignal): Promise<void> {
  const path = `/v1/invitations/${encodeURIComponent(clerkInvitationId)}/revoke`;
  await callClerk("POST", path, {}, signal).catch((error: unknown) => {
    if (!(error instanceof ClerkRefused)) throw error;
  });
}
