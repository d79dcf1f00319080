import { LEAD_STATUSES, type LeadStatus } from "@/lib/leadStatus";

/** In the place of an assignee's id: those that nobody has. */
export const NOBODY = "nobody";

/** What the leads page shows, kept in the address so that it can be shared and survives a reload. */
export type LeadsFilter = {
  status: LeadStatus | null;
  campaign: string | null;
  /** An id, or NOBODY. */
  assignee: string | null;
  /** Words to look for. */
  q: string | null;
};

export const NO_FILTER: LeadsFilter = { status: null, campaign: null, assignee: null, q: null };

/** The filter in an address's search part. Anything unknown there is ignored. */
export function filterFrom(search: URLSearchParams): LeadsFilter {
  return {
    status: LEAD_STATUSES.find((status) => status === search.get("status")) ?? null,
    campaign: search.get("campaign") || null,
    assignee: search.get("assignee") || null,
    q: search.get("q") || null,
  };
}

/** The address of the page with this filter. */
export function filterHref(filter: Partial<LeadsFilter>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...NO_FILTER, ...filter })) {
    if (value !== null) search.set(name, value);
  }
  const query = search.toString();
  return query === "" ? "/leads" : `/leads?${query}`;
}

export function narrows(filter: LeadsFilter): boolean {
  return Object.values(filter).some((each) => each !== null);
}
