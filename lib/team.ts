import { z } from "zod";
import { emailAddress, normalizeEmail } from "./email.ts";
import { inRoleOrder, ROLES } from "./roles.ts";

/** How long an invitation can be accepted, in days. */
export const INVITATION_DAYS = 7;

/** Most people that one form invites. */
export const MAX_INVITED_AT_ONCE = 20;

/** Where an invitation stands. A pending one takes a place of the plan's users. */
export const INVITATION_STATUSES = ["pending", "accepted", "revoked", "expired"] as const;
export type InvitationStatus = (typeof INVITATION_STATUSES)[number];

/**
 * Why an invitation is stuck: the sign-in service did not answer, it refused, the mail came back,
 * or the invited account belongs to another company (which one is nobody's business here).
 */
export const INVITATION_PROBLEMS = [
  "unreachable",
  "refused",
  "undelivered",
  "otherCompany",
] as const;
export type InvitationProblem = (typeof INVITATION_PROBLEMS)[number];

/** Why somebody who holds an invitation cannot join with it. */
export const JOIN_REFUSALS = [
  "unknown",
  "used",
  "revoked",
  "expired",
  "otherAddress",
  "otherCompany",
  "companyClosed",
] as const;
export type JoinRefusal = (typeof JOIN_REFUSALS)[number];

/** Several roles, one of them the main one. */
export const rolesForm = z
  .object({
    roles: z.array(z.enum(ROLES)).min(1, "Choose at least one role.").transform(inRoleOrder),
    primaryRole: z.enum(ROLES),
  })
  .refine(({ roles, primaryRole }) => roles.includes(primaryRole), {
    path: ["primaryRole"],
    message: "The main role must be one of the chosen roles.",
  });
export type RolesForm = z.infer<typeof rolesForm>;

/** Whom to invite: each address once, in its one spelling. */
export const invitedAddresses = z
  .array(emailAddress.transform(normalizeEmail))
  .min(1, "Enter at least one e-mail address.")
  .max(MAX_INVITED_AT_ONCE, `Invite at most ${MAX_INVITED_AT_ONCE} people at once.`)
  .transform((addresses) => [...new Set(addresses)]);

/** A member writes that they are here at most this often, in milliseconds. */
export const PRESENCE_INTERVAL_MS = 5 * 60_000;

/** Seen within this time counts as here now: one interval, and a minute for a slow connection. */
export const ACTIVE_WITHIN_MS = PRESENCE_INTERVAL_MS + 60_000;
