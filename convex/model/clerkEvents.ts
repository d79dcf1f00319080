import { z } from "zod";
import { signupMetadata } from "../../lib/signup";
import type { Doc } from "../_generated/dataModel";
import type { SystemCtx } from "../tenancy/functions";
import { clerkUser, type ClerkUser, type Profile, profileOf } from "./clerkUser";
import { wasErased } from "./erasedAccounts";
import { forgetAddress, mayFoundHere, shardOfPerson } from "./placements";
import { joinByInvitation } from "./joining";
import { provisionTenant } from "./provisioning";
import { endAccount } from "./team";
import type { Outcome, WebhookEvent } from "./webhookInbox";

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

/**
 * In whatever order a user's events come, the latest profile stays, and whoever was deleted is
 * neither made nor let in again (tests/domain/clerkEventOrder.test.ts).
 */
async function applyClerkEvent(ctx: SystemCtx, event: ClerkEvent, now: number): Promise<Outcome> {
  const { id: subject } = event.data;
  if (subject !== undefined && (await wasErased(ctx, subject))) {
    return { status: "ignored", detail: "The user's company was erased." };
  }
  const shard = await shardOf(ctx, event);
  if (shard !== null) {
    return { status: "received", detail: `It is for ${shard}.`, handOnTo: [shard] };
  }
  switch (event.type) {
    case "user.created":
      return await withUser(event, (user) => userCreated(ctx, user, now));
    case "user.updated":
      return await withUser(event, (user) => userUpdated(ctx, user));
    case "user.deleted":
      return await userDeleted(ctx, event.data.id, now);
    default:
      return { status: "ignored", detail: `Sunup does nothing on ${event.type}.` };
  }
}

/** The deployment that an event is for, when that is not this one. */
async function shardOf(ctx: SystemCtx, { type, data }: ClerkEvent): Promise<string | null> {
  if (data.id === undefined) return null;
  if (type === "user.deleted") {
    const shard = await shardOfPerson(ctx, { clerkUserId: data.id, invited: false });
    if (shard !== null) await forgetAddress(ctx, data.id);
    return shard;
  }
  const user = clerkUser.safeParse(data).data;
  const email = user && profileOf(user)?.email;
  if (email === undefined) return null;
  const invited = user?.public_metadata?.invitationId !== undefined;
  return await shardOfPerson(ctx, { clerkUserId: data.id, email, invited });
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
  const profile = profileOf(user);
  if (profile === null) return NO_CONFIRMED_ADDRESS;

  const member = await ctx.findMember(user.id);
  if (member !== null) return await takeOverProfile(ctx, member, profile);
  const invitationId = user.public_metadata?.invitationId;
  if (invitationId !== undefined) return await joinInvited(ctx, user, profile, invitationId, now);
  return await foundCompany(ctx, user, profile, now);
}

/** Who came with an invitation joins that company or none: a company is never made of it. */
async function joinInvited(
  ctx: SystemCtx,
  { id: clerkUserId }: ClerkUser,
  profile: Profile,
  invitationId: string,
  now: number,
): Promise<Outcome> {
  const answer = await joinByInvitation(ctx, { clerkUserId, ...profile }, invitationId, now);
  if (answer.status === "refused") {
    return { status: "ignored", detail: `The invitation is not good: ${answer.reason}.` };
  }
  const latest = await latestProfile(ctx, clerkUserId, profile);
  const member = await ctx.findMember(clerkUserId);
  if (member !== null) await takeOverProfile(ctx, member, latest);
  return { status: "processed", detail: "The invited user has joined." };
}

/** A new user with a company's name from sign-up founds it; without one, /onboarding asks for it. */
async function foundCompany(
  ctx: SystemCtx,
  user: ClerkUser,
  profile: Profile,
  now: number,
): Promise<Outcome> {
  const wish = signupMetadata.safeParse(user.unsafe_metadata ?? {});
  if (!wish.success) {
    return { status: "ignored", detail: "No usable company name; the user is asked for it." };
  }
  if ((await ctx.findStaff(user.id)) !== null) {
    return { status: "ignored", detail: "Sunup's staff found no company." };
  }
  if (!(await mayFoundHere(ctx, { clerkUserId: user.id, email: profile.email }))) {
    return { status: "ignored", detail: "The user founds no company on this deployment." };
  }
  const latest = await latestProfile(ctx, user.id, profile);
  await provisionTenant(ctx, { clerkUserId: user.id, ...latest, ...wish.data }, now);
  return { status: "processed", detail: "The company is set up." };
}

/** Takes over name and address. A user without a company stays without one: only sign-up makes companies. */
async function userUpdated(ctx: SystemCtx, user: ClerkUser): Promise<Outcome> {
  const profile = profileOf(user);
  if (profile === null) return NO_CONFIRMED_ADDRESS;
  const member = await ctx.findMember(user.id);
  if (member !== null) return await takeOverProfile(ctx, member, profile);
  // It may have overtaken the user's creation, which then takes this profile over.
  return { status: "ignored", detail: "The user has no company.", keepBody: true };
}

async function takeOverProfile(
  ctx: SystemCtx,
  member: Doc<"members">,
  profile: Profile,
): Promise<Outcome> {
  if (profile.profileUpdatedAt <= member.profileUpdatedAt) {
    return { status: "ignored", detail: "A later state of the profile is stored already." };
  }
  // Opens a tenant: Clerk's event names a user, and the company is the one that they are a member of.
  await ctx.forTenant(member.tenantId).db.patch("members", member._id, profile);
  return { status: "processed", detail: "Name and e-mail address are up to date." };
}

async function userDeleted(
  ctx: SystemCtx,
  clerkUserId: string | undefined,
  now: number,
): Promise<Outcome> {
  if (clerkUserId === undefined) return { status: "failed", detail: "data.id: missing" };
  await forgetProfiles(ctx, clerkUserId);
  const member = await ctx.findMember(clerkUserId);
  if (member === null)
    return { status: "processed", detail: "The user had no company.", keepRow: true };
  // Opens a tenant: as above, the deleted user leads to their company.
  await endAccount(ctx.forTenant(member.tenantId), member, now);
  return { status: "processed", detail: "The member's access has ended.", keepRow: true };
}

/** True when Clerk has told us that this user is gone, or we have: events may arrive in any order. */
export async function wasDeleted(ctx: SystemCtx, clerkUserId: string): Promise<boolean> {
  if (await wasErased(ctx, clerkUserId)) return true;
  return (await eventsAbout(ctx, clerkUserId, "user.deleted").first()) !== null;
}

/** The profile of the user's creation, or a newer one among the updates that overtook it. */
async function latestProfile(
  ctx: SystemCtx,
  clerkUserId: string,
  created: Profile,
): Promise<Profile> {
  for await (const { body } of eventsAbout(ctx, clerkUserId, "user.updated").order("desc")) {
    const user = body === undefined ? undefined : clerkUser.safeParse(parse(body)?.data).data;
    const profile = user ? profileOf(user) : null;
    if (profile !== null) {
      return profile.profileUpdatedAt > created.profileUpdatedAt ? profile : created;
    }
  }
  return created;
}

/** Drops what is kept of a deleted user's profile for events that now can never come. */
async function forgetProfiles(ctx: SystemCtx, clerkUserId: string): Promise<void> {
  for (const type of ["user.created", "user.updated"]) {
    for await (const { _id, body } of eventsAbout(ctx, clerkUserId, type)) {
      if (body !== undefined) await ctx.platform.patch("webhookEvents", _id, { body: undefined });
    }
  }
}

function eventsAbout(ctx: SystemCtx, subject: string, type: string) {
  return ctx.platform
    .query("webhookEvents")
    .withIndex("by_source_subject_type_version", (q) =>
      q.eq("source", "clerk").eq("subject", subject).eq("type", type),
    );
}

const NO_CONFIRMED_ADDRESS: Outcome = {
  status: "ignored",
  detail: "The user has no confirmed e-mail address.",
};
