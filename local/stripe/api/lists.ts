/** Lists with Stripe's cursors, newest first. */
import { noSuch } from "../errors.ts";
import type { List } from "../wire.ts";
import { either, hash, integer, text } from "./readers.ts";

/** What every list takes. */
export const PAGING = {
  limit: integer(1, 100),
  starting_after: text,
  ending_before: text,
};

export interface Paging {
  limit?: number;
  starting_after?: string;
  ending_before?: string;
}

const timestamp = integer(0);

/** `created` as a time or as bounds. */
export const CREATED = either(
  timestamp,
  hash({}, { gt: timestamp, gte: timestamp, lt: timestamp, lte: timestamp }),
);

/** Whether a time is within what CREATED read. */
export function isWithin(created: number, wanted: ReturnType<typeof CREATED> | undefined): boolean {
  if (wanted === undefined) return true;
  if (typeof wanted === "number") return created === wanted;
  const { gt = -1, gte = 0, lt = Infinity, lte = Infinity } = wanted;
  return created > gt && created >= gte && created < lt && created <= lte;
}

/** The asked part of `oldestFirst`, newest first. Throws 400 for a cursor that is not in it. */
export function page<T extends { id: string }>(
  oldestFirst: T[],
  { limit = 10, starting_after, ending_before }: Paging,
  url: string,
): List<T> {
  const all = oldestFirst.toReversed();
  const positionOf = (id: string, param: string): number => {
    const position = all.findIndex((item) => item.id === id);
    if (position < 0) throw noSuch("object", id, param);
    return position;
  };
  if (ending_before !== undefined) {
    const end = positionOf(ending_before, "ending_before");
    const start = Math.max(0, end - limit);
    return { object: "list", data: all.slice(start, end), has_more: start > 0, url };
  }
  const start = starting_after === undefined ? 0 : positionOf(starting_after, "starting_after") + 1;
  const data = all.slice(start, start + limit);
  return { object: "list", data, has_more: start + limit < all.length, url };
}
