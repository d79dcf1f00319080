import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { literals, nullable } from "convex-helpers/validators";
import { omit, pick } from "convex-helpers";
import { normalizeEmail } from "../lib/email";
import { OPEN_LEAD_STATUSES } from "../lib/leadStatus";
import { actorName, memberIdOf } from "./model/audit";
import { worksOnLeads } from "./model/leadAssignment";
import { convertLead } from "./model/leadConversion";
import { listLeads, searchLeads } from "./model/leadList";
import * as model from "./model/leads";
import { readUsage } from "./model/usage";
import { fieldChange } from "./tables/audit";
import { leadActivityKind, leadDetails, leadSource, leadStatus, lostReason } from "./tables/leads";
import { assistedMutation, tenantMutation, tenantQuery } from "./tenancy/functions";

const listItem = {
  _id: v.id("leads"),
  _creationTime: v.number(),
  name: v.string(),
  ...v.object(omit(leadDetails, ["notes"])).partial().fields,
  campaignId: v.id("campaigns"),
  source: leadSource,
  status: leadStatus,
  statusSince: v.number(),
  assigneeId: v.optional(v.id("members")),
  projectId: v.optional(v.id("projects")),
  updatedAt: v.number(),
};

/**
 * Leads, newest first; with `words` those in which they are found, the best match first.
 * `assigneeId` null asks for those that nobody has. Needs leads.read.
 */
export const list = tenantQuery({
  permission: "leads.read",
  args: {
    paginationOpts: paginationOptsValidator,
    status: v.optional(leadStatus),
    campaignId: v.optional(v.id("campaigns")),
    assigneeId: v.optional(nullable(v.id("members"))),
    words: v.optional(v.string()),
  },
  returns: paginationResultValidator(v.object(listItem)),
  handler: async ({ db }, { paginationOpts, words, ...query }) => {
    const result =
      words === undefined
        ? await listLeads(db, query, paginationOpts)
        : await searchLeads(db, words, query, paginationOpts);
    return { ...result, page: result.page.map(model.listItem) };
  },
});

/**
 * One lead. Takes any text for the id, since it comes from the address bar: a malformed, an
 * unknown and another company's id are answered alike. Needs leads.read. Throws NOT_FOUND.
 */
export const get = tenantQuery({
  permission: "leads.read",
  args: { leadId: v.string() },
  returns: v.object({
    ...listItem,
    notes: v.optional(v.string()),
    contactId: v.optional(v.id("contacts")),
    lost: v.optional(v.object({ reason: lostReason, note: v.optional(v.string()) })),
    createdByName: v.optional(v.string()),
  }),
  handler: async ({ db }, { leadId }) => {
    return await model.detail(db, await db.getByTextX("leads", leadId));
  },
});

/** How many leads came in this month, of how many that the plan takes. Needs leads.read. */
export const allowance = tenantQuery({
  permission: "leads.read",
  args: {},
  returns: v.object({ used: v.number(), limit: nullable(v.number()) }),
  handler: async (ctx) => await readUsage(ctx, "leads", Date.now()),
});

/** What happened to one lead, newest first. Needs leads.read. */
export const timeline = tenantQuery({
  permission: "leads.read",
  args: { leadId: v.id("leads"), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(
    v.object({
      _id: v.id("leadActivity"),
      _creationTime: v.number(),
      kind: leadActivityKind,
      actorName: v.string(),
      changes: v.array(fieldChange),
      reason: v.optional(v.string()),
    }),
  ),
  handler: async ({ db }, { leadId, paginationOpts }) => {
    const result = await db
      .query("leadActivity")
      .withIndex("by_tenant_lead", (q) => q.eq("leadId", leadId))
      .order("desc")
      .paginate(paginationOpts);
    return {
      ...result,
      page: result.page.map((line) => ({
        ...pick(line, ["_id", "_creationTime", "kind", "changes", "reason"]),
        actorName: actorName(line.actor),
      })),
    };
  },
});

/**
 * Leads that have this e-mail address or phone number already, the newest first. Needs
 * leads.write, since only who types one is warned.
 */
export const duplicates = tenantQuery({
  permission: "leads.write",
  args: { email: v.string(), phone: v.string() },
  returns: v.array(v.object(listItem)),
  handler: async ({ db }, { email, phone }) => {
    const found = await model.findDuplicates(db, { email: normalizeEmail(email), phone });
    return found.map(model.listItem);
  },
});

/** More people than one company's pickers can show; keeps the read bounded. */
const MAX_WORKERS = 500;

/** Who can be given leads, oldest membership first. Needs leads.read. */
export const workers = tenantQuery({
  permission: "leads.read",
  args: {},
  returns: v.array(v.object({ _id: v.id("members"), name: v.string() })),
  handler: async ({ db }) => {
    const members = await db.query("members").withIndex("by_tenant").take(MAX_WORKERS);
    return members.filter(worksOnLeads).map((member) => pick(member, ["_id", "name"]));
  },
});

const form = { name: v.string(), ...v.object(leadDetails).partial().fields };

/**
 * Takes in a lead that a member types. Without a campaign it lands in the default one; without
 * an assignee the campaign decides, null gives it to nobody. Needs leads.write. Throws INVALID,
 * NOT_FOUND, CONFLICT (archived campaign, assignee who does not work on leads), LIMIT_REACHED.
 */
export const create = assistedMutation({
  permission: "leads.write",
  args: {
    ...form,
    campaignId: v.optional(v.id("campaigns")),
    assigneeId: v.optional(nullable(v.id("members"))),
  },
  returns: v.id("leads"),
  handler: async (ctx, { campaignId, assigneeId, ...fields }) =>
    await model.createLead(
      ctx,
      fields,
      {
        ...{ source: "member", createdBy: memberIdOf(ctx.actor), actor: ctx.actor },
        ...{ campaignId, assigneeId },
      },
      Date.now(),
    ),
});

/**
 * Changes fields: what is absent stays, null clears an optional one. Needs leads.write.
 * Throws NOT_FOUND, INVALID, CONFLICT (converted, archived campaign).
 */
export const update = assistedMutation({
  permission: "leads.write",
  args: {
    leadId: v.id("leads"),
    name: v.optional(v.string()),
    email: v.optional(nullable(v.string())),
    phone: v.optional(nullable(v.string())),
    address: v.optional(nullable(v.string())),
    notes: v.optional(nullable(v.string())),
    campaignId: v.optional(v.id("campaigns")),
  },
  returns: v.null(),
  handler: async ({ db, actor }, { leadId, ...change }) => {
    await model.updateLead(db, actor, leadId, change, Date.now());
    return null;
  },
});

/** Gives a lead to a member, or to nobody. Needs leads.write. Throws NOT_FOUND, CONFLICT. */
export const assign = assistedMutation({
  permission: "leads.write",
  args: { leadId: v.id("leads"), assigneeId: nullable(v.id("members")) },
  returns: v.null(),
  handler: async (ctx, { leadId, assigneeId }) => {
    await model.assignLead(ctx, leadId, assigneeId, Date.now());
    return null;
  },
});

/** Moves a lead to an open status, also back from lost. Needs leads.write. Throws NOT_FOUND, CONFLICT (converted). */
export const move = assistedMutation({
  permission: "leads.write",
  args: { leadId: v.id("leads"), status: literals(...OPEN_LEAD_STATUSES) },
  returns: v.null(),
  handler: async ({ db, actor }, { leadId, status }) => {
    await model.moveLead(db, actor, leadId, status, Date.now());
    return null;
  },
});

/** Gives a lead up, with the reason. Needs leads.write. Throws NOT_FOUND, INVALID, CONFLICT (converted). */
export const lose = assistedMutation({
  permission: "leads.write",
  args: { leadId: v.id("leads"), reason: lostReason, note: v.optional(v.string()) },
  returns: v.null(),
  handler: async ({ db, actor }, { leadId, ...why }) => {
    await model.loseLead(db, actor, leadId, why, Date.now());
    return null;
  },
});

/**
 * Makes a project of a lead and answers with it; of one that is converted already, with the
 * project that is there. Needs leads.write and nothing more: who sells hands over to those who
 * build. Throws NOT_FOUND, INVALID.
 */
export const convert = tenantMutation({
  permission: "leads.write",
  args: {
    leadId: v.id("leads"),
    projectName: v.string(),
    stageId: v.optional(v.id("pipelineStages")),
  },
  returns: v.id("projects"),
  handler: async ({ db, member }, { leadId, ...conversion }) =>
    await convertLead(db, member, leadId, conversion, Date.now()),
});
