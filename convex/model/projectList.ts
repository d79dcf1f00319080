import type { PaginationOptions, PaginationResult } from "convex/server";
import type { ProjectSort } from "../../lib/projects";
import { searchWords } from "../../lib/search";
import type { Doc, Id } from "../_generated/dataModel";
import type { ScopedReader } from "../tenancy/scopedDb";

/** Which projects a list shows, and in which order. What is absent does not matter. */
export type ProjectQuery = {
  /** What is looked for; the best match comes first then, whatever the order. */
  words?: string;
  archived?: boolean;
  stageId?: Id<"pipelineStages">;
  category?: Doc<"projects">["category"];
  ownerId?: Id<"members">;
  financing?: Doc<"projects">["financing"];
  /** Milliseconds: created at this moment or later. */
  createdFrom?: number;
  /** Milliseconds: created before this moment. */
  createdBefore?: number;
  sort?: ProjectSort;
  direction?: "asc" | "desc";
};

/** Filters that have indexes of their own, the most selective first. */
const LEADS = [
  ["stageId", "stage_"],
  ["ownerId", "owner_"],
  ["category", "category_"],
] as const;

/** A page of projects. */
export async function listProjects(
  db: ScopedReader,
  query: ProjectQuery,
  page: PaginationOptions,
): Promise<PaginationResult<Doc<"projects">>> {
  const words = searchWords(query.words ?? "");
  const result = await (words === "" ? orderedBy(db, query) : found(db, words, query)).paginate(
    page,
  );
  return { ...result, page: result.page.filter((project) => fits(project, query)) };
}

/**
 * Projects in an order. One index answers the first filter and the order, so exactly the page
 * is read; a second filter drops rows of the page, which may then be shorter than asked for.
 */
function orderedBy(db: ScopedReader, query: ProjectQuery) {
  const { archived = false, sort = "created", direction = "desc" } = query;
  const lead = LEADS.find(([field]) => query[field] !== undefined);
  // All these indexes are alike but for their names; the types know them only one by one.
  const index =
    `by_tenant_archived_${lead?.[1] ?? ""}${sort}` as "by_tenant_archived_stage_created";
  return db
    .query("projects")
    .withIndex(index, (q) => {
      const ofArchive = q.eq("archived", archived);
      const ofLead = lead
        ? ofArchive.eq(lead[0] as "stageId", query[lead[0]] as Id<"pipelineStages">)
        : (ofArchive as unknown as ReturnType<typeof ofArchive.eq>);
      if (sort !== "created") return ofLead;
      const { createdFrom, createdBefore } = query;
      const from = createdFrom === undefined ? ofLead : ofLead.gte("_creationTime", createdFrom);
      return createdBefore === undefined ? from : from.lt("_creationTime", createdBefore);
    })
    .order(direction);
}

/**
 * Projects in which the words are found, the best match first. Every filter but the days of
 * creation is answered by the index.
 */
function found(db: ScopedReader, words: string, query: ProjectQuery) {
  const { archived = false, stageId, category, ownerId, financing } = query;
  const given = Object.entries({ stageId, category, ownerId, financing }).filter(
    ([, value]) => value !== undefined,
  );
  return db.search("projects", "search_text", words, { archived, ...Object.fromEntries(given) });
}

function fits(project: Doc<"projects">, query: ProjectQuery): boolean {
  const { createdFrom = -Infinity, createdBefore = Infinity } = query;
  return (
    (["stageId", "ownerId", "category", "financing"] as const).every(
      (field) => query[field] === undefined || project[field] === query[field],
    ) &&
    project._creationTime >= createdFrom &&
    project._creationTime < createdBefore
  );
}

/** Projects that should have left their stage before `now` (milliseconds), the latest first in line. */
export async function overdueProjects(
  db: ScopedReader,
  now: number,
  limit: number,
): Promise<Doc<"projects">[]> {
  return await db
    .query("projects")
    .withIndex("by_tenant_archived_due", (q) =>
      q.eq("archived", false).gt("stageDueAt", 0).lt("stageDueAt", now),
    )
    .take(limit);
}
