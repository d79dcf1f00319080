type Fields = Record<string, unknown>;

/**
 * An event's `previous_attributes`: what the changed fields were. Inside of hashes only what changed is
 * told, arrays are told whole, and a field that was not there before is told as null.
 */
export function previousAttributes(before: object, after: object): Fields | null {
  const earlier = before as Fields;
  const later = after as Fields;
  const previous: Fields = {};
  for (const key of new Set([...Object.keys(earlier), ...Object.keys(later)])) {
    const was = earlier[key] ?? null;
    const is = later[key] ?? null;
    if (JSON.stringify(was) === JSON.stringify(is)) continue;
    previous[key] = isHash(was) && isHash(is) ? previousAttributes(was, is) : was;
  }
  return Object.keys(previous).length > 0 ? previous : null;
}

function isHash(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
