import type { ProjectSort } from "@/lib/projects";

/** The orders of the list, as its user reads them. */
export const SORT_NAMES: Record<ProjectSort, string> = {
  created: "Newest",
  updated: "Last changed",
  entered: "Longest in stage",
  name: "Name",
  price: "Price",
};
