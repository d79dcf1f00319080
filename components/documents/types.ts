import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";

/** A document as its project lists it. */
export type ListedDocument = FunctionReturnType<typeof api.documents.list>["page"][number];

/** A document that can still be restored. */
export type DeletedDocument = FunctionReturnType<
  typeof api.documents.recentlyDeleted
>["page"][number];
