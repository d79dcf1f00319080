import { v } from "convex/values";
import { internal } from "../../../../convex/_generated/api";
import { internalMutation, internalQuery } from "../../../../convex/_generated/server";

/** A company to erase, with as many rows as one likes. For `npm run bench -- erase` only. */

export const make = internalMutation({
  args: {},
  returns: v.id("tenants"),
  handler: async ({ db }) =>
    await db.insert("tenants", {
      ...{ name: "Large Solar", slug: "large", plan: "pro", status: "closed", closedAt: 1 },
    }),
});

/** `count` lines of its trail, and as many mails. */
export const fill = internalMutation({
  args: { tenantId: v.id("tenants"), from: v.number(), count: v.number() },
  returns: v.null(),
  handler: async ({ db }, { tenantId, from, count }) => {
    const action = "company.updated" as const;
    const message = {
      kind: "welcome" as const,
      data: { name: "Ada", companyName: "Large Solar" },
    };
    for (let n = from; n < from + count; n++) {
      const actor = { kind: "system" as const };
      await db.insert("auditLog", { tenantId, action, actor, subject: `Row ${n}`, changes: [] });
      await db.insert("emails", {
        ...{ tenantId, message, to: `p${n}@large.example`, status: "sent", attempts: 1 },
        idempotencyKey: String(n),
      });
    }
    return null;
  },
});

/** Begins the erasure, as the cron does once the company was closed for long enough. */
export const erase = internalMutation({
  args: {},
  returns: v.null(),
  handler: async ({ scheduler }) => {
    await scheduler.runAfter(0, internal.erasure.eraseClosed, {});
    return null;
  },
});

/** The rows that were erased, once all are. */
export const erased = internalQuery({
  args: {},
  returns: v.union(v.number(), v.null()),
  handler: async ({ db }) => {
    const erasure = await db.query("erasures").first();
    if (erasure?.state !== "done") return null;
    return erasure.erased.reduce((sum, { rows }) => sum + rows, 0);
  },
});
