import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { AUDIT_ACTIONS, AUDIT_GROUPS } from "../../lib/audit";
import { role } from "./members";

export const auditAction = literals(...AUDIT_ACTIONS);

/** Who did it, with the role of that moment. */
export const auditActor = v.union(
  v.object({
    kind: v.literal("member"),
    memberId: v.id("members"),
    name: v.string(),
    role,
  }),
  v.object({ kind: v.literal("system") }),
  v.object({ kind: v.literal("staff"), name: v.string() }),
);

/** A field before and after, as a person would read it; "" for nothing. */
export const fieldChange = v.object({ field: v.string(), before: v.string(), after: v.string() });

/** What was changed in a tenant that others answer for: by whom, before and after. Append-only. */
export const auditLog = defineTable({
  tenantId: v.id("tenants"),
  action: auditAction,
  actor: auditActor,
  /** What it was done to, by the name it had then: "Ana Diaz", "Permitting". */
  subject: v.string(),
  /** Fields that changed, as a person would read them. */
  changes: v.array(fieldChange),
  /** Why, where a reason was asked for. */
  reason: v.optional(v.string()),
  /** What a filter asks for, follows from the above; lines of before there were filters have none. */
  group: v.optional(literals(...AUDIT_GROUPS)),
  /** A member's id, "sunup" or "staff". */
  person: v.optional(v.string()),
})
  // Not covered by the next ones: this is the whole trail in order of time.
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes -- likewise, of one group
  .index("by_tenant_group", ["tenantId", "group"])
  .index("by_tenant_person", ["tenantId", "person"])
  .index("by_tenant_group_person", ["tenantId", "group", "person"]);
