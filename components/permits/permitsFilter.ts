import { PERMIT_KINDS, type PermitKind } from "@/lib/permits";

const ON = ["us", "authority"] as const;

/** What the list of permits shows, kept in the address so that it can be shared and survives a reload. */
export type PermitsFilter = {
  on: (typeof ON)[number] | null;
  kind: PermitKind | null;
  /** An authority's id. */
  authority: string | null;
};

export const NO_FILTER: PermitsFilter = { on: null, kind: null, authority: null };

/** The filter in an address's search part. Anything unknown there is ignored. */
export function filterFrom(search: URLSearchParams): PermitsFilter {
  const oneOf = <Value extends string>(name: string, values: readonly Value[]) =>
    values.find((value) => value === search.get(name)) ?? null;
  return {
    on: oneOf("on", ON),
    kind: oneOf("kind", PERMIT_KINDS),
    authority: search.get("authority") || null,
  };
}

/** The address of the page with this filter. */
export function filterHref(filter: PermitsFilter): string {
  const given = Object.entries(filter).filter(([, value]) => value !== null) as [string, string][];
  const query = new URLSearchParams(given).toString();
  return query === "" ? "/permits" : `/permits?${query}`;
}

/** Whether the filter leaves anything out. */
export function narrows(filter: PermitsFilter): boolean {
  return Object.values(filter).some((each) => each !== null);
}
