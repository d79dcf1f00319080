import { defineTable } from "convex/server";
import { type Infer, v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { PROJECT_SORTS, PROJECT_VIEWS } from "../../lib/projects";
import { stageCategory } from "./pipeline";
import { financing } from "./projects";

/** What a view of the projects shows, in the words of the page's address; what is absent is not filtered. */
export const viewFilter = v.object({
  view: v.optional(literals(...PROJECT_VIEWS)),
  q: v.optional(v.string()),
  stage: v.optional(v.id("pipelineStages")),
  category: v.optional(stageCategory),
  owner: v.optional(v.id("members")),
  financing: v.optional(financing),
  from: v.optional(v.string()),
  to: v.optional(v.string()),
  archived: v.optional(v.boolean()),
  sort: v.optional(literals(...PROJECT_SORTS)),
  reversed: v.optional(v.boolean()),
});
export type ViewFilter = Infer<typeof viewFilter>;

/**
 * Filters of the projects that somebody keeps under a name, for themselves or for everybody in
 * the company. A stage that is removed later stays named in them, and filters nothing.
 */
export const savedViews = defineTable({
  tenantId: v.id("tenants"),
  /** Who keeps it. */
  ownerId: v.id("members"),
  name: v.string(),
  /** Whether everybody in the company sees it. */
  shared: v.boolean(),
  filter: viewFilter,
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_owner", ["tenantId", "ownerId"])
  .index("by_tenant_shared", ["tenantId", "shared"]);
