/** Invitations: a mail with a ticket that proves the address, and metadata for the user it makes. */
import type { Clerk } from "./clerk.ts";
import { ClerkError } from "./errors.ts";
import { newId } from "./ids.ts";
import type { InvitationRecord, Metadata } from "./records.ts";

const DAY = 24 * 60 * 60_000;
const DEFAULT_LIFETIME_DAYS = 30;

export interface NewInvitation {
  email: string;
  publicMetadata: Metadata;
  /** Where the link leads; the app's sign-up page unless given. */
  redirectUrl?: string;
  lifetimeDays?: number;
  /** Whether to send the mail. */
  notify: boolean;
  /** Allow a second invitation, or one to somebody who has an account. */
  ignoreExisting: boolean;
}

/** Creates an invitation. Throws `duplicate_record` or `form_identifier_exists` unless told to ignore them. */
export async function createInvitation(
  clerk: Clerk,
  input: NewInvitation,
): Promise<InvitationRecord> {
  const now = clerk.now();
  const expireAt = now + (input.lifetimeDays ?? DEFAULT_LIFETIME_DAYS) * DAY;
  const id = newId("inv");
  const url = new URL(input.redirectUrl ?? "/signup", clerk.appUrl);
  url.searchParams.set("__clerk_status", "sign_up");
  url.searchParams.set("__clerk_ticket", await clerk.tokens.mintTicket(id));
  const invitation: InvitationRecord = {
    id,
    email: input.email,
    status: "pending",
    publicMetadata: input.publicMetadata,
    url: url.href,
    expireAt,
    createdAt: now,
    updatedAt: now,
  };
  clerk.store.transaction(() => {
    if (!input.ignoreExisting) refuseExisting(clerk, input.email);
    clerk.store.invitations.put(invitation);
    if (input.notify) {
      clerk.sendMail({
        to: input.email,
        subject: "Your invitation to Sunup",
        text: "You have been invited to join a team on Sunup. Follow the link to create your account.",
        code: null,
        link: invitation.url,
      });
    }
  });
  return invitation;
}

function refuseExisting(clerk: Clerk, email: string): void {
  if (clerk.store.users.find("email", email)) {
    throw new ClerkError(422, "form_identifier_exists", `${email} already has an account.`, {
      param: "email_address",
    });
  }
  const pending = clerk.store.invitations
    .list("email", email)
    .some(({ status, expireAt }) => status === "pending" && expireAt > clerk.now());
  if (pending) {
    throw new ClerkError(400, "duplicate_record", `${email} has already been invited.`, {
      message: "duplicate invitation",
    });
  }
}

/** The invitation behind a ticket. Throws when the ticket is false, old, used or withdrawn. */
export async function invitationForTicket(clerk: Clerk, ticket: string): Promise<InvitationRecord> {
  const id = await clerk.tokens.readTicket(ticket);
  const invitation = id ? clerk.store.invitations.get(id) : undefined;
  if (!invitation) {
    throw new ClerkError(400, "ticket_invalid_code", "This invitation link is not valid.", {
      param: "ticket",
    });
  }
  requirePending(clerk, invitation);
  return invitation;
}

/** Marks it used, inside the caller's transaction, and returns the metadata for the new user. */
export function acceptInvitation(clerk: Clerk, invitationId: string): Metadata {
  const invitation = clerk.store.invitations.get(invitationId);
  if (!invitation) return {};
  requirePending(clerk, invitation);
  clerk.store.invitations.put({ ...invitation, status: "accepted", updatedAt: clerk.now() });
  return invitation.publicMetadata;
}

function requirePending(clerk: Clerk, { status, expireAt }: InvitationRecord): void {
  if (status === "accepted") {
    throw new ClerkError(
      400,
      "invitation_already_accepted",
      "This invitation has already been used.",
    );
  }
  if (status === "revoked") {
    throw new ClerkError(400, "revoked_invitation", "This invitation has been withdrawn.");
  }
  if (expireAt <= clerk.now()) {
    throw new ClerkError(
      400,
      "ticket_expired_code",
      "This invitation has expired. Ask for a new one.",
    );
  }
}
