export const TABS = ["people", "organizations", "duplicates"] as const;
export type ContactsTab = (typeof TABS)[number];

/** What the contacts page shows, kept in the address so that it can be shared and survives a reload. */
export type ContactsFilter = { tab: ContactsTab; archived: boolean; text: string };

/** The filter in an address's search part. Anything unknown there is ignored. */
export function filterFrom(search: URLSearchParams): ContactsFilter {
  return {
    tab: TABS.find((tab) => tab === search.get("tab")) ?? "people",
    archived: search.get("archived") === "1",
    text: search.get("text") ?? "",
  };
}

/** The address of the page with this filter. */
export function filterHref({ tab, archived, text }: ContactsFilter): string {
  const search = new URLSearchParams();
  if (tab !== "people") search.set("tab", tab);
  if (archived) search.set("archived", "1");
  if (text !== "") search.set("text", text);
  return search.size === 0 ? "/contacts" : `/contacts?${search.toString()}`;
}
