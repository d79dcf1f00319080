/** What is typed after an "@" right before the cursor, and where that "@" stands; null without one. */
export function mentionAt(text: string, cursor: number): { from: number; typed: string } | null {
  const from = text.lastIndexOf("@", cursor - 1);
  if (from === -1 || (from > 0 && !/\s|[([]/.test(text[from - 1] ?? ""))) return null;
  const typed = text.slice(from + 1, cursor);
  // A name has a few words; a longer text is no name any more.
  return typed.includes("\n") || typed.length > 40 || /^\s/.test(typed) ? null : { from, typed };
}
