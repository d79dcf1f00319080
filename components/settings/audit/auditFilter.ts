import { AUDIT_GROUPS, type AuditGroup } from "@/lib/audit";

/** What the trail shows, kept in the address so that it can be shared and survives a reload. */
export type AuditFilter = {
  group: AuditGroup | null;
  /** A member's id, "sunup" or "staff". */
  person: string | null;
  /** Days, "2026-11-23", both within. */
  from: string | null;
  to: string | null;
};

export const NO_FILTER: AuditFilter = { group: null, person: null, from: null, to: null };

/** The filter in an address's search part. Anything unknown there is ignored. */
export function filterFrom(search: URLSearchParams): AuditFilter {
  const day = (name: string) => {
    const given = search.get(name) ?? "";
    return startOf(given) === null ? null : given;
  };
  return {
    group: AUDIT_GROUPS.find((each) => each === search.get("group")) ?? null,
    person: search.get("person") || null,
    from: day("from"),
    to: day("to"),
  };
}

/** The address of the page with this filter. */
export function filterHref(filter: AuditFilter): string {
  const given = Object.entries(filter).filter(([, value]) => value) as [string, string][];
  const query = new URLSearchParams(given).toString();
  return query === "" ? "/settings/audit" : `/settings/audit?${query}`;
}

/** What the server is asked for; days are the reader's own. */
export function queryOf({ group, person, from, to }: AuditFilter) {
  const since = from === null ? null : startOf(from);
  const last = to === null ? null : startOf(to);
  return { group, person, since, until: last === null ? null : nextDay(last) };
}

/** Milliseconds at which a day begins here, or null when the text is no day. */
function startOf(day: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const start = new Date(`${day}T00:00:00`).getTime();
  return Number.isNaN(start) ? null : start;
}

/** A day is not always 24 hours long. */
function nextDay(start: number): number {
  const day = new Date(start);
  day.setDate(day.getDate() + 1);
  return day.getTime();
}
