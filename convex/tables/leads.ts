import { defineTable } from "convex/server";
import { v } from "convex/values";

/** Where leads come from. Every tenant starts with one default campaign. */
export const campaigns = defineTable({
  tenantId: v.id("tenants"),
  name: v.string(),
  isDefault: v.boolean(),
}).index("by_tenant", ["tenantId"]);
