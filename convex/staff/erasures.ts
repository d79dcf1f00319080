import { omit } from "convex-helpers";
import { nullable } from "convex-helpers/validators";
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { sunupError } from "../../lib/errors";
import type { Doc } from "../_generated/dataModel";
import {
  confirmErasure,
  liveErasureOf,
  requestErasure,
  withdrawErasure,
} from "../model/erasureRequests";
import schema from "../schema";
import { staffMutation, staffQuery } from "../tenancy/functions";

/** What staff see of an erasure; the fields that only its batches use are left out. */
const INNER = ["cursor", "step"] as const;
const shownErasure = v.object({
  ...omit(schema.tables.erasures.validator.fields, [...INNER]),
  _id: v.id("erasures"),
});

function shown(erasure: Doc<"erasures">) {
  return omit(erasure, ["_creationTime", ...INNER]);
}

/** Erasures and their certificates, newest first. Staff: support. Throws UNAUTHENTICATED, NOT_FOUND. */
export const list = staffQuery({
  level: "support",
  args: { paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(shownErasure),
  handler: async ({ platform }, { paginationOpts }) => {
    const result = await platform.query("erasures").order("desc").paginate(paginationOpts);
    return { ...result, page: result.page.map(shown) };
  },
});

/** One erasure, by any text as it comes from the address bar. Staff: support. Throws NOT_FOUND. */
export const get = staffQuery({
  level: "support",
  args: { erasureId: v.string() },
  returns: shownErasure,
  handler: async ({ platform }, { erasureId }) => {
    const id = platform.normalizeId("erasures", erasureId);
    const erasure = id && (await platform.get("erasures", id));
    if (!erasure) throw sunupError("NOT_FOUND");
    return shown(erasure);
  },
});

/** The erasure of a company that waits for a second person, or runs; null without one. Staff: support. */
export const ofTenant = staffQuery({
  level: "support",
  args: { tenantId: v.id("tenants") },
  returns: nullable(shownErasure),
  handler: async (ctx, { tenantId }) => {
    const erasure = await liveErasureOf(ctx, tenantId);
    return erasure && shown(erasure);
  },
});

/**
 * Asks for a company to be erased; one that was asked for already stays as it is. Staff: operator.
 * Throws NOT_FOUND, INVALID (companyName, reason).
 */
export const request = staffMutation({
  level: "operator",
  args: { tenantId: v.id("tenants"), companyName: v.string(), reason: v.string() },
  returns: v.id("erasures"),
  handler: (ctx, asked) => requestErasure(ctx, asked, Date.now()),
});

/**
 * Confirms what somebody else of the staff asked for: the company is erased, for good. Staff:
 * operator. Throws NOT_FOUND, CONFLICT (one's own request, withdrawn, begun).
 */
export const confirm = staffMutation({
  level: "operator",
  args: { erasureId: v.id("erasures") },
  returns: v.null(),
  handler: async (ctx, { erasureId }) => {
    await confirmErasure(ctx, erasureId, Date.now());
    return null;
  },
});

/** Takes a request back that has not begun. Staff: operator. Throws NOT_FOUND, CONFLICT. */
export const withdraw = staffMutation({
  level: "operator",
  args: { erasureId: v.id("erasures") },
  returns: v.null(),
  handler: async (ctx, { erasureId }) => {
    await withdrawErasure(ctx, erasureId, Date.now());
    return null;
  },
});
