import { defineTable } from "convex/server";
import { v } from "convex/values";
import { literals } from "convex-helpers/validators";
import { AUTHORITY_KINDS } from "../../lib/authorities";
import { PERMIT_KINDS, WAITING_ON } from "../../lib/permits";

export const authorityKind = literals(...AUTHORITY_KINDS);

/** What a company notes about an authority beside its kind and name (lib/authorities.ts). */
export const authorityDetails = {
  /** A state's code, "ID". */
  state: v.optional(v.string()),
  portalUrl: v.optional(v.string()),
  phone: v.optional(v.string()),
  notes: v.optional(v.string()),
};

/** The company's directory of those who decide on its papers: AHJs and utilities. */
export const authorities = defineTable({
  tenantId: v.id("tenants"),
  kind: authorityKind,
  name: v.string(),
  /** The name as lists sort it and as two of the same name are told: without case. */
  sortName: v.string(),
  ...authorityDetails,
  /** Calendar days that its last reviews took, from submission to approval, the latest last. */
  reviewDays: v.array(v.number()),
  /** Out of the directory and the pickers; jobs that name it keep it. */
  archived: v.boolean(),
  /** Counts changes, from 0: a change that started from an older one is refused. */
  revision: v.number(),
  changedBy: v.optional(v.id("members")),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_archived_name", ["tenantId", "archived", "sortName"])
  .index("by_tenant_kind_archived_name", ["tenantId", "kind", "archived", "sortName"])
  .searchIndex("search_name", {
    searchField: "name",
    filterFields: ["tenantId", "kind", "archived"],
  });

export const permitKind = literals(...PERMIT_KINDS);
export const waitingOn = literals(...WAITING_ON);

/** A calendar day, "2026-11-23". */
const day = v.string();

/** One submission and what came of it (lib/permits.ts). */
export const round = v.object({
  submittedOn: day,
  expectedOn: v.optional(day),
  outcome: v.optional(
    v.union(
      v.object({ kind: v.literal("approved"), on: day }),
      v.object({ kind: v.literal("rejected"), on: day, reason: v.string() }),
    ),
  ),
});

/** A job's permits and interconnections, each with its rounds at an authority. */
export const permits = defineTable({
  tenantId: v.id("tenants"),
  projectId: v.id("projects"),
  /** The project's and the authority's names, so that a list needs no look-ups; they follow changes. */
  projectName: v.string(),
  kind: permitKind,
  title: v.string(),
  authorityId: v.optional(v.id("authorities")),
  authorityName: v.optional(v.string()),
  referenceNumber: v.optional(v.string()),
  /** US cents. */
  feeCents: v.optional(v.number()),
  openedOn: day,
  rounds: v.array(round),
  /** What follows from the rounds, for the list's indexes: who has to do something, since when. */
  waitingOn,
  waitingSince: day,
  /** Somebody has to do something, and the project is not archived. */
  waiting: v.boolean(),
  /** Counts changes, from 0: a change that started from an older one is refused. */
  revision: v.number(),
})
  // Not covered by the others: in order of creation, as an archive is written (archives/export.ts).
  // eslint-disable-next-line @convex-dev/no-duplicate-indexes
  .index("by_tenant", ["tenantId"])
  .index("by_tenant_project", ["tenantId", "projectId"])
  .index("by_tenant_authority", ["tenantId", "authorityId"])
  .index("by_tenant_waiting_since", ["tenantId", "waiting", "waitingSince"])
  .index("by_tenant_waiting_on_since", ["tenantId", "waiting", "waitingOn", "waitingSince"])
  .index("by_tenant_waiting_kind_since", ["tenantId", "waiting", "kind", "waitingSince"])
  .index("by_tenant_waiting_authority_since", [
    "tenantId",
    "waiting",
    "authorityId",
    "waitingSince",
  ]);
