/** Convex looks for at most so many words at once. */
const MAX_WORDS = 16;
const MAX_CHARACTERS = 200;

/** What somebody typed as a search takes it: trimmed, and no longer than the search can use. */
export function searchWords(typed: string): string {
  return typed.slice(0, MAX_CHARACTERS).trim().split(/\s+/).slice(0, MAX_WORDS).join(" ");
}
