import type { PaginationOptions, PaginationResult } from "convex/server";
import { searchWords } from "../../lib/search";
import { type TenantFlag, type TenantSort, TRIAL_ENDING_MS } from "../../lib/tenantSummaries";
import type { Doc } from "../_generated/dataModel";
import type { SystemReadCtx } from "../tenancy/functions";

/** Which companies staff see, and in which order. What is absent does not matter. */
export type TenantQuery = {
  /** What is looked for; the best match comes first then, whatever the order. */
  words?: string;
  plan?: Doc<"tenantSummaries">["plan"];
  status?: Doc<"tenantSummaries">["status"];
  /** Flagged companies come newest first, those whose trial ends in the order of its end. */
  flag?: TenantFlag;
  sort?: TenantSort;
  direction?: "asc" | "desc";
};

type Summary = Doc<"tenantSummaries">;
type Platform = Pick<SystemReadCtx["platform"], "query">;

/** A page of companies; the page alone is read. */
export async function listTenants(
  platform: Platform,
  query: TenantQuery,
  page: PaginationOptions,
  now: number,
): Promise<PaginationResult<Summary>> {
  const result = await rowsOf(platform, query, now).paginate(page);
  return { ...result, page: result.page.filter((row) => fits(row, query, now)) };
}

function rowsOf(platform: Platform, query: TenantQuery, now: number) {
  const words = searchWords(query.words ?? "");
  if (words !== "") return found(platform, words, query);
  if (query.flag !== undefined) return flagged(platform, query.flag, now);
  return orderedBy(platform, query);
}

/**
 * One index answers the first filter and the order; a second filter drops rows of the page,
 * which may then be shorter than asked for.
 */
function orderedBy(platform: Platform, query: TenantQuery) {
  const { sort = "created", direction = "desc" } = query;
  const lead = (["plan", "status"] as const).find((field) => query[field] !== undefined);
  const rows = platform.query("tenantSummaries");
  if (lead === undefined) return rows.withIndex(`by_${sort}`).order(direction);
  // These indexes are alike but for their names; the types know them only one by one.
  const index = `by_${lead}_${sort}` as "by_plan_created";
  return rows
    .withIndex(index, (q) => q.eq(lead as "plan", query[lead] as Summary["plan"]))
    .order(direction);
}

function flagged(platform: Platform, flag: TenantFlag, now: number) {
  const rows = platform.query("tenantSummaries");
  if (flag === "trialEnding") {
    return rows.withIndex("by_trialEndsAt", (q) =>
      q.gt("trialEndsAt", now).lte("trialEndsAt", now + TRIAL_ENDING_MS),
    );
  }
  return rows
    .withIndex(`by_${flag}` as "by_overLimit", (q) => q.eq(flag as "overLimit", true))
    .order("desc");
}

function found(platform: Platform, words: string, { plan, status, flag }: TenantQuery) {
  return platform.query("tenantSummaries").withSearchIndex("search_text", (q) => {
    let search = q.search("searchText", words);
    if (plan !== undefined) search = search.eq("plan", plan);
    if (status !== undefined) search = search.eq("status", status);
    if (flag !== undefined && flag !== "trialEnding") search = search.eq(flag, true);
    return search;
  });
}

function fits(row: Summary, { plan, status, flag }: TenantQuery, now: number): boolean {
  if (plan !== undefined && row.plan !== plan) return false;
  if (status !== undefined && row.status !== status) return false;
  return flag === undefined || hasFlag(row, flag, now);
}

/** Whether a company is flagged at this moment (milliseconds). */
export function hasFlag(row: Summary, flag: TenantFlag, now: number): boolean {
  if (flag !== "trialEnding") return row[flag];
  const { trialEndsAt } = row;
  return trialEndsAt !== undefined && trialEndsAt > now && trialEndsAt <= now + TRIAL_ENDING_MS;
}
