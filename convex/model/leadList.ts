import type { PaginationOptions, PaginationResult } from "convex/server";
import { searchWords } from "../../lib/search";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader } from "../tenancy/scopedDb";

/** Which leads a list shows. What is absent does not matter. */
export type LeadQuery = {
  status?: Doc<"leads">["status"];
  campaignId?: Id<"campaigns">;
  /** Null: nobody's. */
  assigneeId?: Id<"members"> | null;
};

/** The filters, in the order in which the indexes name them. */
const FILTERS = [
  ["status", "status"],
  ["campaignId", "campaign"],
  ["assigneeId", "assignee"],
] as const;

/** A page of leads, newest first. Every choice of filters has its index: exactly the page is read. */
export async function listLeads(
  db: ScopedReader,
  query: LeadQuery,
  page: PaginationOptions,
): Promise<PaginationResult<Doc<"leads">>> {
  const given = FILTERS.filter(([field]) => query[field] !== undefined);
  // All these indexes are alike but for their names; the types know them only one by one.
  const index = ["by_tenant", ...given.map(([, name]) => name)].join("_") as "by_tenant_status";
  return await db
    .query("leads")
    .withIndex(index, (q) =>
      given.reduce(
        (range, [field]) =>
          range.eq(field as "status", (query[field] ?? undefined) as never) as never,
        q,
      ),
    )
    .order("desc")
    .paginate(page);
}

/** A page of the leads in which the words are found, the best match first; every filter is the index's. */
export async function searchLeads(
  db: ScopedReader,
  words: string,
  query: LeadQuery,
  page: PaginationOptions,
): Promise<PaginationResult<Doc<"leads">>> {
  const given = FILTERS.filter(([field]) => query[field] !== undefined);
  const where = Object.fromEntries(given.map(([field]) => [field, query[field] ?? undefined]));
  return await db.search("leads", "search_text", searchWords(words), where).paginate(page);
}
