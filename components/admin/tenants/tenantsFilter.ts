import { PLAN_IDS, type PlanId } from "@/lib/plans";
import { searchWords } from "@/lib/search";
import {
  TENANT_FLAGS,
  TENANT_SORTS,
  type TenantFlag,
  type TenantSort,
} from "@/lib/tenantSummaries";
import { TENANT_STATUSES, type TenantStatus } from "@/lib/tenantStatus";
import type { TenantsQuery } from "./types";

/** What the list of companies shows, kept in the address so that it can be shared and survives a reload. */
export type TenantsFilter = {
  /** What is looked for. */
  q: string | null;
  plan: PlanId | null;
  status: TenantStatus | null;
  flag: TenantFlag | null;
  sort: TenantSort;
  /** True for the order that is not the sort's usual one. */
  reversed: boolean;
};

export const NO_FILTER: TenantsFilter = {
  q: null,
  plan: null,
  status: null,
  flag: null,
  sort: "created",
  reversed: false,
};

/** The filter in an address's search part. Anything unknown there is ignored. */
export function filterFrom(search: URLSearchParams): TenantsFilter {
  const oneOf = <Value extends string>(name: string, values: readonly Value[]) =>
    values.find((value) => value === search.get(name)) ?? null;
  return {
    q: searchWords(search.get("q") ?? "") || null,
    plan: oneOf("plan", PLAN_IDS),
    status: oneOf("status", TENANT_STATUSES),
    flag: oneOf("flag", TENANT_FLAGS),
    sort: oneOf("sort", TENANT_SORTS) ?? "created",
    reversed: search.get("reversed") === "1",
  };
}

/** The address of the page with this filter. */
export function filterHref(filter: Partial<TenantsFilter>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...NO_FILTER, ...filter })) {
    if (value === NO_FILTER[name as keyof TenantsFilter]) continue;
    search.set(name, value === true ? "1" : String(value));
  }
  const query = search.toString();
  return query === "" ? "/admin/tenants" : `/admin/tenants?${query}`;
}

export function narrows({ q, plan, status, flag }: TenantsFilter): boolean {
  return [q, plan, status, flag].some((each) => each !== null);
}

/** Names read best from A; figures and moments from the highest or latest. */
export function directionOf({ sort, reversed }: Pick<TenantsFilter, "sort" | "reversed">) {
  const usual = sort === "name" ? "asc" : "desc";
  return reversed === (usual === "asc") ? "desc" : "asc";
}

/** What is found comes with the best match first, what is flagged with the newest: in no column's order. */
export function isSortable({ q, flag }: TenantsFilter): boolean {
  return q === null && flag === null;
}

/** The filter as `staff.tenants.list` takes it. */
export function queryOf(filter: TenantsFilter): TenantsQuery {
  const { q, plan, status, flag, sort } = filter;
  return {
    words: q ?? undefined,
    plan: plan ?? undefined,
    status: status ?? undefined,
    flag: flag ?? undefined,
    sort,
    direction: directionOf(filter),
  };
}
