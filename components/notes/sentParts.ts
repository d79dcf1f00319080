import { notePartsOf } from "@/lib/notes";
import type { NoteDraft } from "./types";

/** A draft as the server takes it: it is told who is meant, and knows their names itself. */
export function sentParts({ text, mentioned }: NoteDraft) {
  return notePartsOf(text.trim(), mentioned).map((part) =>
    "text" in part ? part : { memberId: part.memberId },
  );
}
