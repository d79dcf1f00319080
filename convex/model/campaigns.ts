import {
  campaignName,
  LEAD_ASSIGNMENT_NAMES,
  type LeadAssignment,
  MAX_CAMPAIGNS,
  MAX_TURNS,
} from "../../lib/campaigns";
import { sunupError } from "../../lib/errors";
import type { Doc, Id } from "../_generated/dataModel";
import type { AssistedCtx } from "../tenancy/functions";
import type { NewRow, ScopedReader } from "../tenancy/scopedDb";
import { activeMemberX } from "./activeMembers";
import { changesBetween, recordAudit } from "./audit";
import { parseOrInvalid } from "./invalid";

/** Changes of campaigns are somebody's, whom the audit trail names. */
export type CampaignCtx = Pick<AssistedCtx, "db" | "actor">;

/** A campaign as it starts: leads are given out by hand, and it has no form. */
export function newCampaign(name: string, { isDefault }: { isDefault: boolean }) {
  return {
    name,
    isDefault,
    assignment: "manual",
    turnIds: [],
    nextTurn: 0,
    formOpen: false,
  } satisfies NewRow<"campaigns">;
}

/** The campaign that takes leads which name none. */
export async function defaultCampaign(db: ScopedReader): Promise<Doc<"campaigns">> {
  const campaigns = await db.query("campaigns").withIndex("by_tenant").take(MAX_CAMPAIGNS);
  const found = campaigns.find(({ isDefault }) => isDefault);
  if (found === undefined) throw new Error("Every company has a default campaign.");
  return found;
}

/** The campaign, when new leads may land in it. Throws NOT_FOUND, CONFLICT (archived). */
export async function openCampaignX(
  db: ScopedReader,
  campaignId: Id<"campaigns">,
): Promise<Doc<"campaigns">> {
  const campaign = await db.getX("campaigns", campaignId);
  if (campaign.archivedAt !== undefined) {
    throw sunupError("CONFLICT", { message: `The campaign “${campaign.name}” is archived.` });
  }
  return campaign;
}

/** Creates a campaign. Throws INVALID, LIMIT_REACHED (more than a company can have). */
export async function createCampaign(
  { db, actor }: CampaignCtx,
  name: string,
): Promise<Id<"campaigns">> {
  const checked = parseOrInvalid(campaignName, name);
  const campaigns = await db.query("campaigns").withIndex("by_tenant").take(MAX_CAMPAIGNS);
  if (campaigns.length === MAX_CAMPAIGNS) {
    throw sunupError("LIMIT_REACHED", {
      message: `A company can have ${MAX_CAMPAIGNS} campaigns. Rename one that is archived.`,
    });
  }
  requireFreeName(campaigns, checked);
  const campaignId = await db.insert("campaigns", newCampaign(checked, { isDefault: false }));
  await recordAudit({ db }, { action: "campaign.created", actor, subject: checked });
  return campaignId;
}

/** Throws NOT_FOUND, INVALID. */
export async function renameCampaign(
  { db, actor }: CampaignCtx,
  campaignId: Id<"campaigns">,
  name: string,
): Promise<void> {
  const checked = parseOrInvalid(campaignName, name);
  const campaign = await db.getX("campaigns", campaignId);
  const campaigns = await db.query("campaigns").withIndex("by_tenant").take(MAX_CAMPAIGNS);
  requireFreeName(
    campaigns.filter(({ _id }) => _id !== campaign._id),
    checked,
  );
  await db.patch("campaigns", campaign._id, { name: checked });
  await recordCampaign({ db, actor }, campaign, { name: campaign.name }, { name: checked });
}

/**
 * Takes a campaign out of use, or back in: an archived one gets no new leads and keeps those
 * it has, and its form is not available. Throws NOT_FOUND, CONFLICT (the default one).
 */
export async function setCampaignArchived(
  { db, actor }: CampaignCtx,
  campaignId: Id<"campaigns">,
  archived: boolean,
  now: number,
): Promise<void> {
  const campaign = await db.getX("campaigns", campaignId);
  if (campaign.isDefault && archived) {
    throw sunupError("CONFLICT", {
      message: "Leads without a campaign land here, so this one cannot be archived.",
    });
  }
  if ((campaign.archivedAt !== undefined) === archived) return;
  await db.patch("campaigns", campaign._id, { archivedAt: archived ? now : undefined });
  const said = (is: boolean) => ({ archived: is ? "yes" : "no" });
  await recordCampaign({ db, actor }, campaign, said(!archived), said(archived));
}

/** Says who gets new leads. Throws NOT_FOUND, INVALID (nobody or too many), CONFLICT (no access). */
export async function setAssignment(
  { db, actor }: CampaignCtx,
  campaignId: Id<"campaigns">,
  assignment: LeadAssignment,
  memberIds: Id<"members">[],
): Promise<void> {
  const campaign = await db.getX("campaigns", campaignId);
  const turnIds = [...new Set(memberIds)];
  if (turnIds.length > MAX_TURNS) {
    throw sunupError("INVALID", {
      message: `At most ${MAX_TURNS} people can take turns.`,
      field: "memberIds",
    });
  }
  if (assignment === "roundRobin" && turnIds.length === 0) {
    throw sunupError("INVALID", { message: "Choose who takes turns.", field: "memberIds" });
  }
  for (const id of turnIds) {
    if (!campaign.turnIds.includes(id)) await activeMemberX(db, id);
  }
  const nextTurn = placeAfterChange(campaign, turnIds);
  await db.patch("campaigns", campaign._id, { assignment, turnIds, nextTurn });
  const before = await readableAssignment(db, campaign);
  const after = await readableAssignment(db, { assignment, turnIds });
  await recordCampaign({ db, actor }, campaign, before, after);
}

/** Leaves a line about a campaign in the audit trail, when something differs. */
export async function recordCampaign(
  { db, actor }: CampaignCtx,
  { name: subject }: Pick<Doc<"campaigns">, "name">,
  before: Record<string, string>,
  after: Record<string, string>,
): Promise<void> {
  const changes = changesBetween(before, after);
  if (changes.length === 0) return;
  await recordAudit({ db }, { action: "campaign.changed", actor, subject, changes });
}

async function readableAssignment(
  db: ScopedReader,
  { assignment, turnIds }: Pick<Doc<"campaigns">, "assignment" | "turnIds">,
) {
  const members = await Promise.all(turnIds.map((id) => db.get("members", id)));
  return {
    "leads are given out": LEAD_ASSIGNMENT_NAMES[assignment],
    "takes turns": members.map((each) => each?.name ?? "").join(", "),
  };
}

/** Whoever of the new list would have come first by the old one goes on. */
function placeAfterChange(
  { turnIds: before, nextTurn }: Doc<"campaigns">,
  after: Id<"members">[],
): number {
  const inOrder = [...before.slice(nextTurn), ...before.slice(0, nextTurn)];
  const next = inOrder.find((id) => after.includes(id));
  return next === undefined ? 0 : after.indexOf(next);
}

function requireFreeName(campaigns: Doc<"campaigns">[], name: string): void {
  const taken = campaigns.some((each) => each.name.toLowerCase() === name.toLowerCase());
  if (!taken) return;
  throw sunupError("INVALID", {
    message: "Another campaign has this name already.",
    field: "name",
  });
}
