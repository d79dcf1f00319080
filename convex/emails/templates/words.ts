/**
 * A day, the same for every reader: "November 30, 2026" (UTC). A mail has no time zone, and
 * must come out the same at every attempt.
 */
export function day(milliseconds: number): string {
  return new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(
    milliseconds,
  );
}

/** A moment: "November 23, 2026 at 2:05 PM UTC". */
export function moment(milliseconds: number): string {
  const time = new Intl.DateTimeFormat("en-US", {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: "UTC",
  });
  return `${time.format(milliseconds)} UTC`;
}

/** "Sales", "Sales and Manager", "Sales, Manager and Viewer". */
export function list(names: readonly string[]): string {
  return new Intl.ListFormat("en-US", { type: "conjunction" }).format(names);
}

/**
 * A name that somebody typed, on one line and without anything that mailboxes turn into a
 * link: else whoever signs up could have Sunup send their addresses to others.
 */
export function name(typed: string): string {
  const line = typed.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return line
    .replace(/(?<=[^\s.])\.(?=\p{L}{2})/gu, `.${UNSEEN}`)
    .replace(/:(?=\/\/)/g, `:${UNSEEN}`);
}

/** A zero-width non-joiner: nothing to see, and the end of what could be an address. */
const UNSEEN = "\u200c";
