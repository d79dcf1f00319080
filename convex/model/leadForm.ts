import { leadFormAnswers, type SendingOutcome } from "../../lib/leadForm/answers";
import type { Sending } from "../../lib/leadForm/handOver";
import { isShut } from "../../lib/tenantStatus";
import { periodOf } from "../../lib/usage";
import type { Doc, Id } from "../_generated/dataModel";
import type { TenantWriteCtx } from "../tenancy/functions";
import type { ScopedReader } from "../tenancy/scopedDb";
import { mailAdministrators } from "./administratorMail";
import { SYSTEM } from "./audit";
import { type CampaignCtx, openCampaignX, recordCampaign } from "./campaigns";
import { timeZoneOf } from "./company";
import { parseOrInvalid } from "./invalid";
import { addLead } from "./leads";
import { isHome, ownShard } from "./shards";
import { tryTakeUsage } from "./usage";

/** Within so many milliseconds … */
const WINDOW_MS = 10 * 60_000;
/** … one visitor can send so many requests: a tablet at a fair, not a machine. */
const MAX_OF_VISITOR = 10;
/** … one campaign's form takes so many leads in before it pauses; imported ones do not count. */
const MAX_OF_FORM = 60;

/** Whether a form takes requests. Whatever the reason is that it does not: a guest reads none. */
export function isAvailable(
  { formOpen, archivedAt }: Doc<"campaigns">,
  { status }: Doc<"tenants">,
): boolean {
  return formOpen && archivedAt === undefined && !isShut(status);
}

/**
 * Takes a homeowner's request in as a lead of the form's campaign. One that comes again changes
 * nothing. When the plan's leads of the month are used up it takes none, so that the limit is
 * exact, and the administrators get one mail that month: whoever asks is told to call instead,
 * and nobody believes that a request has arrived which has not. Throws INVALID.
 */
export async function receiveSending(
  ctx: TenantWriteCtx & { tenant: Doc<"tenants"> },
  campaign: Doc<"campaigns">,
  { answers, sending, visitor }: Omit<Sending, "token">,
  now: number,
): Promise<SendingOutcome> {
  const { db, tenant } = ctx;
  if (!isAvailable(campaign, tenant)) return "unavailable";
  if (await wasReceived(db, sending)) return "received";
  const { message, ...fields } = parseOrInvalid(leadFormAnswers, answers);
  if (await tooMany(db, campaign, visitor, now)) return "tooMany";
  const refused = await tryTakeUsage(ctx, "leads", 1, now);
  if (refused !== null) {
    const month = periodOf("leads", now, await timeZoneOf(db));
    await mailAdministrators(ctx, `leadsUsedUp/${month}`, {
      kind: "leadsUsedUp",
      data: { companyName: tenant.name, campaignName: campaign.name },
    });
    return "full";
  }
  await addLead(
    ctx,
    { ...fields, notes: message },
    { source: "form", actor: SYSTEM, campaignId: campaign._id, sending, visitor },
    now,
  );
  return "received";
}

async function wasReceived(db: ScopedReader, sending: string): Promise<boolean> {
  const lead = await db
    .query("leads")
    .withIndex("by_tenant_sending", (q) => q.eq("sending", sending))
    .first();
  return lead !== null;
}

/**
 * What has come in is counted by the leads themselves: there is no row that every sending would
 * have to write, and a refused one writes nothing at all.
 */
async function tooMany(
  db: ScopedReader,
  campaign: Doc<"campaigns">,
  visitor: string | undefined,
  now: number,
): Promise<boolean> {
  const since = now - WINDOW_MS;
  if (visitor !== undefined) {
    const own = await db
      .query("leads")
      .withIndex("by_tenant_visitor", (q) => q.eq("visitor", visitor).gt("_creationTime", since))
      .take(MAX_OF_VISITOR);
    if (own.length === MAX_OF_VISITOR) return true;
  }
  const all = await db
    .query("leads")
    .withIndex("by_tenant_source_campaign", (q) =>
      q.eq("source", "form").eq("campaignId", campaign._id).gt("_creationTime", since),
    )
    .take(MAX_OF_FORM);
  return all.length === MAX_OF_FORM;
}

/**
 * Turns the campaign's public form on, with the key that it had, or off. Throws NOT_FOUND,
 * CONFLICT (archived).
 */
export async function setFormOpen(
  { db, actor }: CampaignCtx,
  campaignId: Id<"campaigns">,
  open: boolean,
): Promise<void> {
  const campaign = open
    ? await openCampaignX(db, campaignId)
    : await db.getX("campaigns", campaignId);
  if (campaign.formOpen === open) return;
  await db.patch("campaigns", campaignId, {
    formOpen: open,
    formToken: campaign.formToken ?? newToken(),
  });
  const said = (on: boolean) => ({ form: on ? "on" : "off" });
  await recordCampaign({ db, actor }, campaign, said(!open), said(open));
}

/** Gives the form another key; its old address is not available from now on. Throws NOT_FOUND. */
export async function rotateToken(
  { db, actor }: CampaignCtx,
  campaignId: Id<"campaigns">,
): Promise<void> {
  const campaign = await db.getX("campaigns", campaignId);
  await db.patch("campaigns", campaignId, { formToken: newToken() });
  // Whoever reads the trail need not be able to open the form.
  const said = (address: string) => ({ "form's address": address });
  await recordCampaign({ db, actor }, campaign, said("old"), said("new"));
}

/** 128 random bits, behind the deployment's name if it is not home (lib/leadForm/answers.ts). */
function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return isHome() ? digits : `${ownShard()}-${digits}`;
}
