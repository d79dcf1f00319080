import type { OptimisticLocalStore } from "convex/browser";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import type { ListedDocument } from "./types";

/** Changes a document in every list that is open, before the server has confirmed it; null takes it out. */
export function changeListed(
  store: OptimisticLocalStore,
  documentId: Id<"documents">,
  change: Partial<ListedDocument> | null,
): void {
  for (const { args, value } of store.getAllQueries(api.documents.list)) {
    if (value === undefined) continue;
    const page = value.page.flatMap((each) => {
      if (each._id !== documentId) return [each];
      return change === null ? [] : [{ ...each, ...change }];
    });
    store.setQuery(api.documents.list, args, { ...value, page });
  }
}
