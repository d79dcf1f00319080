import type { FunctionReturnType } from "convex/server";
import type { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import type { Mentioned } from "@/lib/notes";

/** A note as lists show it. */
export type Note = FunctionReturnType<typeof api.notes.list>["page"][number];

/** A note that is being written: the text, and whom its "@Name" stand for. */
export type NoteDraft = { text: string; mentioned: Mentioned<Id<"members">>[] };

export const EMPTY_DRAFT: NoteDraft = { text: "", mentioned: [] };
