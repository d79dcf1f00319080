/** Convex looks for at most so many words at once. */
const MAX_WORDS = 16;
const MAX_CHARACTERS = 200;

/** What somebody typed as a search takes it: trimmed, and no longer than the search can use. */
export function searchWords(typed: string): string {
  return typed.slice(0, MAX_CHARACTERS).trim().split(/\s+/).slice(0, MAX_WORDS).join(" ");
}

/**
 * Whether words are worth a search after others found nothing. They are not while only the last of
 * those goes on: a search finds the beginnings of words, so what begins with more letters is among
 * what begins with fewer.
 */
export function mayFindMore(words: string, fruitless: string): boolean {
  if (!words.startsWith(fruitless)) return true;
  // Anything but a letter or a digit, there or before it, begins another word.
  return !/^[\p{L}\p{N}]*$/u.test((fruitless.at(-1) ?? " ") + words.slice(fruitless.length));
}
