import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { literals, nullable } from "convex-helpers/validators";
import { omit, pick } from "convex-helpers";
import { normalizeEmail } from "../../lib/email";
import { sunupError } from "../../lib/errors";
import { TENANT_FLAGS, TENANT_SORTS } from "../../lib/tenantSummaries";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { recordStaffAction } from "../model/staffAudit";
import { listTenants } from "../model/tenantList";
import { summaryOf } from "../model/tenantSummaries";
import schema from "../schema";
import { planId, tenantStatus } from "../tables/tenants";
import { staffMutation, staffQuery } from "../tenancy/functions";

const { fields } = schema.tables.tenantSummaries.validator;
const LISTED = [
  ...(["tenant", "name", "slug", "plan", "status", "trialEndsAt", "createdAt"] as const),
  ...(["withoutAdministrator", "overridden", "overLimit", "administrators", "members"] as const),
  ...(["projects", "usage", "usagePercent", "mrrCents", "lastActivityAt"] as const),
];
const listed = v.object(pick(fields, [...LISTED]));

/** Companies, a page of their summaries. Staff: support. Throws UNAUTHENTICATED, NOT_FOUND. */
export const list = staffQuery({
  level: "support",
  args: {
    paginationOpts: paginationOptsValidator,
    words: v.optional(v.string()),
    plan: v.optional(planId),
    status: v.optional(tenantStatus),
    flag: v.optional(literals(...TENANT_FLAGS)),
    sort: v.optional(literals(...TENANT_SORTS)),
    direction: v.optional(literals("asc", "desc")),
  },
  returns: paginationResultValidator(listed),
  handler: async ({ platform }, { paginationOpts, ...query }) => {
    const result = await listTenants(platform, query, paginationOpts, Date.now());
    return { ...result, page: result.page.map(listItem) };
  },
});

/**
 * The companies that an id, a member's address or a Clerk user id names exactly. Staff: support.
 * Throws UNAUTHENTICATED, NOT_FOUND.
 */
export const exact = staffQuery({
  level: "support",
  args: { words: v.string() },
  returns: v.array(listed),
  handler: async (ctx, { words }) => {
    const summaries = await Promise.all(
      (await namedBy(ctx, words.trim())).map((tenantId) => summaryOf(ctx, tenantId)),
    );
    return summaries.flatMap((summary) => (summary ? [listItem(summary)] : []));
  },
});

type Look = {
  platform: { normalizeId: (table: "tenants", id: string) => Id<"tenants"> | null };
  companiesOf: (person: { email: string } | { clerkUserId: string }) => Promise<Id<"tenants">[]>;
};

async function namedBy({ platform, companiesOf }: Look, words: string): Promise<Id<"tenants">[]> {
  if (words.startsWith("user_")) return await companiesOf({ clerkUserId: words });
  if (words.includes("@")) return await companiesOf({ email: normalizeEmail(words) });
  const tenantId = platform.normalizeId("tenants", words);
  return tenantId === null ? [] : [tenantId];
}

function listItem(summary: Doc<"tenantSummaries">) {
  return pick(summary, [...LISTED]);
}

const tenantFields = schema.tables.tenants.validator.fields;

/**
 * One company: its row in `tenants` and its summary (null before the first count). Takes any text
 * for the id, since it comes from the address bar. Staff: support. Throws UNAUTHENTICATED, NOT_FOUND.
 */
export const get = staffQuery({
  level: "support",
  args: { tenantId: v.string() },
  returns: v.object({
    tenant: v.object({ ...tenantFields, _id: v.id("tenants"), _creationTime: v.number() }),
    summary: nullable(v.object(omit(fields, ["searchText", "sortName", "webhookSubjects"]))),
  }),
  handler: async (ctx, { tenantId }) => {
    const id = ctx.platform.normalizeId("tenants", tenantId);
    if (id === null) throw sunupError("NOT_FOUND");
    const tenant = await ctx.tenantX(id);
    const summary = await summaryOf(ctx, id);
    return { tenant, summary: summary && shown(summary) };
  },
});

function shown(summary: Doc<"tenantSummaries">) {
  return omit(summary, ["_id", "_creationTime", "searchText", "sortName", "webhookSubjects"]);
}

/** How many webhooks of each sender's subject are shown. */
const WEBHOOKS_OF_SUBJECT = 5;

/**
 * The last webhooks about a company's payments and administrators, newest first. Staff: support.
 * Throws UNAUTHENTICATED, NOT_FOUND.
 */
export const webhooks = staffQuery({
  level: "support",
  args: { tenantId: v.id("tenants") },
  returns: v.array(
    v.object({
      ...pick(schema.tables.webhookEvents.validator.fields, [
        ...(["source", "type", "status", "detail", "attempts", "receivedAt"] as const),
      ]),
      _id: v.id("webhookEvents"),
    }),
  ),
  handler: async (ctx, { tenantId }) => {
    const { webhookSubjects = [] } = (await summaryOf(ctx, tenantId)) ?? {};
    const events = await Promise.all(
      webhookSubjects.map(({ source, subject }) =>
        ctx.platform
          .query("webhookEvents")
          .withIndex("by_source_subject", (q) => q.eq("source", source).eq("subject", subject))
          .order("desc")
          .take(WEBHOOKS_OF_SUBJECT),
      ),
    );
    return events
      .flat()
      .sort((one, other) => other.receivedAt - one.receivedAt)
      .map((event) =>
        pick(event, ["_id", "source", "type", "status", "detail", "attempts", "receivedAt"]),
      );
  },
});

/** Notes in the platform's trail that a list of companies was taken out. Staff: support. */
export const recordExport = staffMutation({
  level: "support",
  args: { count: v.number() },
  returns: v.null(),
  handler: async (ctx, { count }) => {
    await recordStaffAction(ctx, ctx.staff, {
      action: "tenants.exported",
      subject: `${count} ${count === 1 ? "company" : "companies"}`,
    });
    return null;
  },
});

/** Counts a company's figures anew, soon. Staff: support. Throws NOT_FOUND. */
export const recount = staffMutation({
  level: "support",
  args: { tenantId: v.id("tenants") },
  returns: v.null(),
  handler: async (ctx, { tenantId }) => {
    await ctx.tenantX(tenantId);
    await ctx.schedule.after(0, internal.tenantSummaries.count, { tenantId });
    return null;
  },
});
