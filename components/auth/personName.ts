/** A person's name as Clerk keeps it: all but the last word are the first name. */
export function splitName(name: string): { firstName: string; lastName?: string } {
  const words = name.trim().split(/\s+/);
  if (words.length === 1) return { firstName: words[0] ?? "" };
  return { firstName: words.slice(0, -1).join(" "), lastName: words.at(-1) };
}
