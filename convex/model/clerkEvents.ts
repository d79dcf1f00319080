import { z } from "zod";
import { TEXT_LIMITS } from "../../lib/limits";
import { signupMetadata } from "../../lib/signup";
import type { SystemCtx } from "../tenancy/functions";
import { provisionTenant } from "./provisioning";
import type { Outcome, WebhookEvent } from "./webhookInbox";

/** The part of Clerk's user object that Sunup reads (clerk.com/docs/webhooks: user.created, user.updated). */
const clerkUser = z.object({
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
  updated_at: z.number(),
});
type ClerkUser = z.infer<typeof clerkUser>;

const clerkEvent = z.object({
  type: z.string().min(1).max(200),
  data: z.looseObject({
    id: z.string().min(1).max(200).optional(),
    updated_at: z.number().optional().catch(undefined),
  }),
});
type ClerkEvent = z.infer<typeof clerkEvent>;

/**
 * The event in a signed body of Clerk's, or null when it is none. The body travels as text: JSON
 * from outside may hold keys that no Convex value can ("$gt").
 */
export function readClerkEvent(body: string): WebhookEvent | null {
  const event = parse(body);
  if (event === null) return null;
  const { id: subject, updated_at: version } = event.data;
  return {
    type: event.type,
    subject,
    version,
    work: (ctx, _key, now) => applyClerkEvent(ctx, event, now),
  };
}

function parse(body: string): ClerkEvent | null {
  try {
    return clerkEvent.safeParse(JSON.parse(body)).data ?? null;
  } catch {
    return null;
  }
}

async function applyClerkEvent(ctx: SystemCtx, event: ClerkEvent, now: number): Promise<Outcome> {
  switch (event.type) {
    case "user.created":
      return await withUser(event, (user) => userCreated(ctx, user, now));
    case "user.updated":
      return await withUser(event, (user) => userUpdated(ctx, user));
    case "user.deleted":
      return await userDeleted(ctx, event.data.id);
    default:
      return { status: "ignored", detail: `Sunup does nothing on ${event.type}.` };
  }
}

async function withUser(
  event: ClerkEvent,
  apply: (user: ClerkUser) => Promise<Outcome>,
): Promise<Outcome> {
  const user = clerkUser.safeParse(event.data);
  if (user.success) return await apply(user.data);
  const [issue] = user.error.issues;
  return { status: "failed", detail: `${issue?.path.join(".")}: ${issue?.message}` };
}

async function userCreated(ctx: SystemCtx, user: ClerkUser, now: number): Promise<Outcome> {
  if (await wasDeleted(ctx, user.id)) {
    return { status: "ignored", detail: "The user was deleted before this event arrived." };
  }
  const email = verifiedEmail(user);
  if (email === null) {
    return { status: "ignored", detail: "The user has no confirmed e-mail address." };
  }
  const wish = signupMetadata.safeParse(user.unsafe_metadata ?? {});
  if (!wish.success) {
    return { status: "ignored", detail: "No usable company name; the user is asked for it." };
  }
  await provisionTenant(
    ctx,
    {
      clerkUserId: user.id,
      email,
      name: nameOf(user, email),
      profileUpdatedAt: user.updated_at,
      ...wish.data,
    },
    now,
  );
  return { status: "processed", detail: "The company is set up." };
}

/** Takes over name and address. A user without a company stays without one: only sign-up makes companies. */
async function userUpdated(ctx: SystemCtx, user: ClerkUser): Promise<Outcome> {
  const member = await ctx.findMember(user.id);
  if (member === null) return { status: "ignored", detail: "The user has no company." };
  if (user.updated_at <= member.profileUpdatedAt) {
    return { status: "ignored", detail: "A later state of the profile is stored already." };
  }
  const email = verifiedEmail(user) ?? member.email;
  await ctx.forTenant(member.tenantId).db.patch("members", member._id, {
    email,
    name: nameOf(user, email),
    profileUpdatedAt: user.updated_at,
  });
  return { status: "processed", detail: "Name and e-mail address are up to date." };
}

/** Ends the member's access. The row stays: projects and history name its author. */
async function userDeleted(ctx: SystemCtx, clerkUserId: string | undefined): Promise<Outcome> {
  const member = clerkUserId === undefined ? null : await ctx.findMember(clerkUserId);
  if (member === null) return { status: "processed", detail: "The user had no company." };
  await ctx.forTenant(member.tenantId).db.patch("members", member._id, { status: "deactivated" });
  return { status: "processed", detail: "The member's access has ended." };
}

/** True when Clerk has told us that this user is gone: events may arrive in any order. */
export async function wasDeleted(ctx: SystemCtx, clerkUserId: string): Promise<boolean> {
  const deletion = await ctx.platform
    .query("webhookEvents")
    .withIndex("by_source_subject_type_version", (q) =>
      q.eq("source", "clerk").eq("subject", clerkUserId).eq("type", "user.deleted"),
    )
    .first();
  return deletion !== null;
}

function verifiedEmail(user: ClerkUser): string | null {
  const primary = user.email_addresses.find((each) => each.id === user.primary_email_address_id);
  return primary?.verification?.status === "verified" ? primary.email_address : null;
}

function nameOf(user: ClerkUser, email: string): string {
  const name = [user.first_name, user.last_name].filter(Boolean).join(" ").trim();
  return (name || email).slice(0, TEXT_LIMITS.personName);
}
