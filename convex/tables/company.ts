import { defineTable } from "convex/server";
import { v } from "convex/values";

export const licence = v.object({ state: v.string(), number: v.string() });

/**
 * What a company says of itself beyond its name, which its row in `tenants` holds. One row
 * per company, written with the first save. Empty text stands for nothing.
 */
export const companyProfiles = defineTable({
  tenantId: v.id("tenants"),
  address: v.string(),
  phone: v.string(),
  website: v.string(),
  licences: v.array(licence),
  /** A name of the IANA time zone database: where the company's days begin. */
  timeZone: v.string(),
  logoId: v.optional(v.id("files")),
  /** True when Sunup's staff wait for an administrator's consent before they come in. */
  supportConsent: v.optional(v.boolean()),
  /** Counts the saves of the form: a save that started from an older one is refused. */
  revision: v.number(),
  /** Who saved the form last. */
  changedBy: v.optional(v.id("members")),
  changedAt: v.optional(v.number()),
}).index("by_tenant", ["tenantId"]);
