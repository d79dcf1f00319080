import { invalid } from "../errors.ts";

/** Stripe's merge of metadata. Throws 400 beyond 50 keys. */
export function mergeMetadata(
  current: Record<string, string>,
  change: Record<string, string> | null | undefined,
): Record<string, string> {
  if (change === null) return {};
  const merged = Object.entries({ ...current, ...change }).filter(([, value]) => value !== "");
  if (merged.length > 50) {
    throw invalid("You can have up to 50 metadata keys.", { param: "metadata" });
  }
  return Object.fromEntries(merged);
}
