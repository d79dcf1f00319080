import type { Doc } from "@/convex/_generated/dataModel";

type Note = Doc<"staffNotes">;

/** The notes that stand, newest first, each with those in whose place it stands, as far as they are loaded. */
export function withEarlier(notes: readonly Note[]): { note: Note; earlier: Note[] }[] {
  const known = new Map(notes.map((note) => [note._id, note]));
  const replaced = new Set(notes.map(({ corrects }) => corrects));
  return notes
    .filter(({ _id }) => !replaced.has(_id))
    .map((note) => {
      const earlier: Note[] = [];
      let before = note.corrects && known.get(note.corrects);
      while (before) {
        earlier.push(before);
        before = before.corrects && known.get(before.corrects);
      }
      return { note, earlier };
    });
}
