import { TEXT_LIMITS } from "./limits.ts";

/** Somebody whom a note mentions, by the name they had then. */
export type Mentioned<Id extends string = string> = { memberId: Id; name: string };

/** A part of a note: plain text, or a mention. */
export type NotePart<Id extends string = string> = { text: string } | Mentioned<Id>;

/** Most people that one note mentions. */
export const MAX_MENTIONS = 20;

/** A note as one text, mentions as "@Name". */
export function noteText(parts: readonly NotePart[]): string {
  return parts.map((part) => ("text" in part ? part.text : `@${part.name}`)).join("");
}

/**
 * Takes a typed text apart: "@Name" of those who were chosen while typing becomes a mention.
 * The longest name wins, so that "@Ana Maria" is not taken for "@Ana".
 */
export function notePartsOf<Id extends string>(
  typed: string,
  chosen: readonly Mentioned<Id>[],
): NotePart<Id>[] {
  const byLength = chosen.toSorted((a, b) => b.name.length - a.name.length);
  const parts: NotePart<Id>[] = [];
  let text = "";
  for (let at = 0; at < typed.length;) {
    const found = byLength.find(({ name }) => typed.startsWith(`@${name}`, at));
    if (found === undefined) {
      text += typed[at];
      at += 1;
      continue;
    }
    if (text !== "") parts.push({ text });
    text = "";
    parts.push({ memberId: found.memberId, name: found.name });
    at += found.name.length + 1;
  }
  return text === "" ? parts : [...parts, { text }];
}

/** Why a note cannot be taken, in one sentence, or null. */
export function noteProblem(parts: readonly NotePart[]): string | null {
  const text = noteText(parts);
  // A thumbs-up is a note, too.
  if (!/[^\s\p{C}]/u.test(text)) return "Write something first.";
  if (text.length > TEXT_LIMITS.notes) {
    return `A note can have at most ${TEXT_LIMITS.notes} characters.`;
  }
  const mentioned = parts.filter((part) => "memberId" in part);
  return mentioned.length > MAX_MENTIONS
    ? `A note can mention at most ${MAX_MENTIONS} people.`
    : null;
}

const ADDRESS = /https?:\/\/[^\s<>"']+/gi;

/** A text in pieces, those that are addresses (http and https only) marked. A full stop after one is not part of it. */
export function withLinks(text: string): { text: string; href?: string }[] {
  const pieces: { text: string; href?: string }[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(/[.,;:!?)\]}]+$/, "");
    if (!URL.canParse(address)) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: address, href: address });
    from = match.index + address.length;
  }
  return from < text.length ? [...pieces, { text: text.slice(from) }] : pieces;
}
