import { z } from "zod";
import { normalizeEmail } from "../../lib/email";
import { TEXT_LIMITS } from "../../lib/limits";
import type { Doc } from "../_generated/dataModel";

/** The part of Clerk's user object that Sunup reads (clerk.com/docs/webhooks: user.created, user.updated). */
export const clerkUser = z.object({
  id: z.string().min(1).max(200),
  primary_email_address_id: z.string().nullable(),
  email_addresses: z.array(
    z.object({
      id: z.string(),
      email_address: z.string().max(TEXT_LIMITS.email),
      verification: z.object({ status: z.string() }).nullish(),
    }),
  ),
  first_name: z.string().nullish(),
  last_name: z.string().nullish(),
  unsafe_metadata: z.record(z.string(), z.unknown()).nullish(),
  /** Only our back end writes it: an invitation's ticket leaves the invitation's id here. */
  public_metadata: z.object({ invitationId: z.string().optional().catch(undefined) }).nullish(),
  updated_at: z.number(),
});
export type ClerkUser = z.infer<typeof clerkUser>;

/** What a member's row takes over from Clerk. */
export type Profile = Pick<Doc<"members">, "email" | "name" | "profileUpdatedAt">;

/** A state of the user as a profile; null without a confirmed address, since then it proves nobody. */
export function profileOf(user: ClerkUser): Profile | null {
  const primary = user.email_addresses.find((each) => each.id === user.primary_email_address_id);
  if (primary?.verification?.status !== "verified") return null;
  const email = normalizeEmail(primary.email_address);
  const name = [user.first_name, user.last_name].filter(Boolean).join(" ").trim();
  return {
    email,
    name: (name || email).slice(0, TEXT_LIMITS.personName),
    profileUpdatedAt: user.updated_at,
  };
}
