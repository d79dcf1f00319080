import type { PaginationOptions, PaginationResult } from "convex/server";
import { MAX_PERMITS } from "../../lib/permits";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader } from "../tenancy/scopedDb";

/** Which permits the list shows. What is absent does not matter. */
export type PermitQuery = {
  on?: Exclude<Doc<"permits">["waitingOn"], "nobody">;
  kind?: Doc<"permits">["kind"];
  authorityId?: Id<"authorities">;
};

/** All permits and interconnections of a project, in the order in which they were taken up. */
export async function permitsOf(
  db: ScopedReader,
  projectId: Id<"projects">,
): Promise<Doc<"permits">[]> {
  return await db
    .query("permits")
    .withIndex("by_tenant_project", (q) => q.eq("projectId", projectId))
    .take(MAX_PERMITS);
}

/** Filters that have indexes of their own, the most selective first. */
const LEADS = [
  ["authorityId", "authority_"],
  ["kind", "kind_"],
  ["waitingOn", "on_"],
] as const;

/**
 * A page of the permits that somebody has to do something about, the longest waiting first. One
 * index answers the first filter and the order, so exactly the page is read; a second filter
 * drops rows of the page, which may then be shorter than asked for.
 */
export async function waitingPermits(
  db: ScopedReader,
  { on: waitingOn, kind, authorityId }: PermitQuery,
  page: PaginationOptions,
): Promise<PaginationResult<Doc<"permits">>> {
  const wanted = { waitingOn, kind, authorityId };
  const lead = LEADS.find(([field]) => wanted[field] !== undefined);
  // All these indexes are alike but for their names; the types know them only one by one.
  const index = `by_tenant_waiting_${lead?.[1] ?? ""}since` as "by_tenant_waiting_kind_since";
  const result = await db
    .query("permits")
    .withIndex(index, (q) => {
      const waiting = q.eq("waiting", true);
      if (lead === undefined) return waiting;
      return waiting.eq(lead[0] as "kind", wanted[lead[0]] as "permit");
    })
    .paginate(page);
  const fits = (permit: Doc<"permits">) =>
    LEADS.every(([field]) => wanted[field] === undefined || permit[field] === wanted[field]);
  return { ...result, page: result.page.filter(fits) };
}
