import { omit, pick } from "convex-helpers";
import { sunupError } from "../../lib/errors";
import {
  LEAD_STATUS_NAMES,
  LOST_REASON_NAMES,
  type LostReason,
  type OpenLeadStatus,
} from "../../lib/leadStatus";
import { type LeadForm, leadForm, lostNote } from "../../lib/leads";
import { normalizePhone } from "../../lib/phone";
import type { Doc, Id } from "../_generated/dataModel";
import type { AssistedCtx } from "../tenancy/functions";
import type { NewRow, ScopedReader, ScopedWriter } from "../tenancy/scopedDb";
import { type AuditActor, changesBetween, SYSTEM } from "./audit";
import { defaultCampaign, openCampaignX } from "./campaigns";
import { withoutEmpty } from "./emptyFields";
import { parseOrInvalid } from "./invalid";
import { leadWorkerX, takeTurn } from "./leadAssignment";
import { notify, type NotifyCtx } from "./notify";
import { takeUsage } from "./usage";

/** What a lead comes in with, beside its fields. */
export type LeadOrigin = Pick<NewRow<"leads">, "source" | "createdBy" | "sending" | "visitor"> & {
  actor: AuditActor;
  /** Absent: the default campaign. */
  campaignId?: Id<"campaigns">;
  /** Absent: as the campaign says; null: nobody. */
  assigneeId?: Id<"members"> | null;
};

const KIND_OF = { member: "created", form: "received", import: "imported" } as const;

/** A lead as lists show it. */
export function listItem(lead: Doc<"leads">) {
  return pick(lead, [
    ...(["_id", "_creationTime", "name", "email", "phone", "address", "campaignId"] as const),
    ...(["source", "status", "statusSince", "assigneeId", "projectId", "updatedAt"] as const),
  ]);
}

/** A lead as its own page shows it. */
export async function detail(db: ScopedReader, lead: Doc<"leads">) {
  const creator = lead.createdBy && (await db.get("members", lead.createdBy));
  return {
    ...omit(lead, [
      ...(["tenantId", "createdBy", "searchText", "phoneKey", "sending", "visitor"] as const),
      "organizationId",
    ]),
    createdByName: creator?.name,
  };
}

/**
 * Takes a lead in against the plan's limit of leads a month. Throws LIMIT_REACHED, and what
 * `addLead` throws.
 */
export async function createLead(
  ctx: NotifyCtx,
  form: LeadForm,
  origin: LeadOrigin,
  now: number,
): Promise<Id<"leads">> {
  await takeUsage(ctx, "leads", 1, now);
  return await addLead(ctx, form, origin, now);
}

/**
 * Adds a lead that is counted already, whoever it comes from, gives it to somebody and tells
 * them. Throws INVALID, NOT_FOUND (campaign, assignee), CONFLICT (archived campaign, assignee who
 * does not work on leads).
 */
export async function addLead(
  ctx: NotifyCtx,
  form: LeadForm,
  { actor, campaignId, assigneeId, ...origin }: LeadOrigin,
  now: number,
): Promise<Id<"leads">> {
  const { db } = ctx;
  const fields = withoutEmpty(parseOrInvalid(leadForm, form));
  const campaign =
    campaignId === undefined ? await defaultCampaign(db) : await openCampaignX(db, campaignId);
  const assignee =
    assigneeId === undefined
      ? await takeTurn(db, campaign)
      : assigneeId && (await leadWorkerX(db, assigneeId));
  const leadId = await db.insert("leads", {
    ...fields,
    ...findableBy(fields),
    ...origin,
    campaignId: campaign._id,
    assigneeId: assignee?._id,
    status: "new",
    statusSince: now,
    updatedAt: now,
  });
  await recordLead(db, leadId, {
    kind: KIND_OF[origin.source],
    actor,
    changes: changesBetween({}, { campaign: campaign.name, assignee: assignee?.name }),
  });
  // A file of leads would fill the bell.
  if (assignee && origin.source !== "import") {
    const by = assigneeId === undefined ? SYSTEM : actor;
    await tellAssignee(ctx, by, assignee._id, { _id: leadId, name: fields.name });
  }
  return leadId;
}

/** What a change of a lead carries: a field that is absent stays, null clears it. */
export type LeadChange = { [Field in keyof LeadForm]?: LeadForm[Field] | null } & {
  campaignId?: Id<"campaigns">;
};

/** Changes fields and the campaign. Throws NOT_FOUND, INVALID, CONFLICT (converted, archived campaign). */
export async function updateLead(
  db: ScopedWriter,
  actor: AuditActor,
  leadId: Id<"leads">,
  { campaignId, ...change }: LeadChange,
  now: number,
): Promise<void> {
  const lead = await unconvertedX(db, leadId);
  const cleared = Object.fromEntries(
    Object.entries(change).map(([field, value]) => [field, value ?? undefined]),
  );
  const fields = parseOrInvalid(leadForm.partial({ name: true }), cleared);
  const given = Object.keys(change) as (keyof LeadForm)[];
  const patch = Object.fromEntries(given.map((field) => [field, fields[field] || undefined]));
  const changes = changesBetween(pick(lead, given), patch);
  if (campaignId !== undefined && campaignId !== lead.campaignId) {
    const before = await db.getX("campaigns", lead.campaignId);
    const after = await openCampaignX(db, campaignId);
    changes.push({ field: "campaign", before: before.name, after: after.name });
    patch.campaignId = after._id;
  }
  if (changes.length === 0) return;
  const after = { ...lead, ...patch };
  await db.patch("leads", leadId, { ...patch, ...findableBy(after), updatedAt: now });
  await recordLead(db, leadId, { kind: "changed", actor, changes });
}

/** Gives a lead to somebody, who is told, or to nobody. Throws NOT_FOUND, CONFLICT. */
export async function assignLead(
  ctx: NotifyCtx & Pick<AssistedCtx, "actor">,
  leadId: Id<"leads">,
  assigneeId: Id<"members"> | null,
  now: number,
): Promise<void> {
  const { db, actor } = ctx;
  const lead = await unconvertedX(db, leadId);
  if ((lead.assigneeId ?? null) === assigneeId) return;
  const before = lead.assigneeId && (await db.get("members", lead.assigneeId));
  const after = assigneeId && (await leadWorkerX(db, assigneeId));
  await db.patch("leads", leadId, { assigneeId: assigneeId ?? undefined, updatedAt: now });
  await recordLead(db, leadId, {
    kind: "assigned",
    actor,
    changes: changesBetween({ assignee: before?.name }, { assignee: after?.name }),
  });
  if (assigneeId !== null) await tellAssignee(ctx, actor, assigneeId, lead);
}

/** Puts a lead in one of the open states, also a lost one. Throws NOT_FOUND, CONFLICT (converted). */
export async function moveLead(
  db: ScopedWriter,
  actor: AuditActor,
  leadId: Id<"leads">,
  status: OpenLeadStatus,
  now: number,
): Promise<void> {
  const lead = await unconvertedX(db, leadId);
  if (lead.status === status) return;
  await changeStatus(db, actor, lead, { status, lost: undefined }, "moved", now);
}

/** Gives a lead up, with the reason. Throws NOT_FOUND, CONFLICT (converted), INVALID. */
export async function loseLead(
  db: ScopedWriter,
  actor: AuditActor,
  leadId: Id<"leads">,
  { reason, note }: { reason: LostReason; note?: string },
  now: number,
): Promise<void> {
  const lead = await unconvertedX(db, leadId);
  const lost = { reason, note: parseOrInvalid(lostNote, note) || undefined };
  const why = [LOST_REASON_NAMES[reason], lost.note].filter(Boolean).join(": ");
  await changeStatus(db, actor, lead, { status: "lost", lost }, "lost", now, why);
}

/** The one place that changes a lead's status. */
export async function changeStatus(
  db: ScopedWriter,
  actor: AuditActor,
  lead: Doc<"leads">,
  change: Pick<NewRow<"leads">, "status" | "lost"> & Partial<Pick<NewRow<"leads">, "projectId">>,
  kind: "moved" | "lost" | "converted",
  now: number,
  reason?: string,
): Promise<void> {
  await db.patch("leads", lead._id, { ...change, statusSince: now, updatedAt: now });
  const changes = changesBetween(
    { status: LEAD_STATUS_NAMES[lead.status] },
    { status: LEAD_STATUS_NAMES[change.status] },
  );
  await recordLead(db, lead._id, { kind, actor, changes, reason });
}

/** Leaves a line in a lead's timeline, in the transaction of what it tells about. */
export async function recordLead(
  db: ScopedWriter,
  leadId: Id<"leads">,
  line: Omit<NewRow<"leadActivity">, "leadId">,
): Promise<void> {
  await db.insert("leadActivity", { leadId, ...line });
}

const MAX_DUPLICATES = 3;

/** Leads with the same e-mail address or phone number, at most three of each, the newest first. */
export async function findDuplicates(
  db: ScopedReader,
  { email, phone }: Pick<LeadForm, "email" | "phone">,
): Promise<Doc<"leads">[]> {
  const phoneKey = normalizePhone(phone ?? "");
  const byEmail = email
    ? await db
        .query("leads")
        .withIndex("by_tenant_email", (q) => q.eq("email", email))
        .order("desc")
        .take(MAX_DUPLICATES)
    : [];
  const byPhone = phoneKey
    ? await db
        .query("leads")
        .withIndex("by_tenant_phoneKey", (q) => q.eq("phoneKey", phoneKey))
        .order("desc")
        .take(MAX_DUPLICATES)
    : [];
  const known = new Set(byEmail.map(({ _id }) => _id));
  return [...byEmail, ...byPhone.filter(({ _id }) => !known.has(_id))];
}

/** The lead, when it can still change. Throws NOT_FOUND, CONFLICT (converted). */
async function unconvertedX(db: ScopedReader, leadId: Id<"leads">): Promise<Doc<"leads">> {
  const lead = await db.getX("leads", leadId);
  if (lead.status === "converted") {
    throw sunupError("CONFLICT", {
      message: "This lead became a project. What changes now belongs there.",
    });
  }
  return lead;
}

async function tellAssignee(
  ctx: NotifyCtx,
  by: AuditActor,
  assigneeId: Id<"members">,
  { _id: leadId, name }: Pick<Doc<"leads">, "_id" | "name">,
): Promise<void> {
  const subject = { leadId };
  await notify(ctx, by, [assigneeId], { kind: "leadAssigned", key: leadId, about: name, subject });
}

/** What a lead is found by: the phone number's one spelling, and the words of everything short. */
function findableBy({ name, email, phone, address }: Omit<LeadForm, "notes">) {
  const phoneKey = normalizePhone(phone ?? "") ?? undefined;
  const words = [name, email, phone, phoneKey, address].filter(Boolean);
  return { phoneKey, searchText: words.join(" ") };
}
