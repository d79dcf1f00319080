import type { ImportRow } from "./types";

const NUMBER = new Intl.NumberFormat("en-US");

export function count(number: number, one: string, many: string): string {
  return `${NUMBER.format(number)} ${number === 1 ? one : many}`;
}

/** What became of the rows so far: "12 new, 3 updated, 1 skipped, 2 with problems". */
export function outcomeWords(row: Pick<ImportRow, "created" | "updated" | "skipped" | "failed">) {
  const parts = [
    `${NUMBER.format(row.created)} new`,
    row.updated > 0 && `${NUMBER.format(row.updated)} updated`,
    row.skipped > 0 && `${NUMBER.format(row.skipped)} skipped as duplicates`,
    row.failed > 0 && `${NUMBER.format(row.failed)} with problems`,
  ];
  return parts.filter(Boolean).join(", ");
}

/** Where an import stands, in one sentence. */
export function statusWords({ status, nextRow, rows }: ImportRow): string {
  const far = `${NUMBER.format(nextRow)} of ${count(rows, "row", "rows")}`;
  switch (status) {
    case "running":
      return `Stopped at ${far}. Pick the same file again to go on.`;
    case "full":
      return `The plan’s leads of this month are used up at ${far}. Pick the same file again when there is room.`;
    case "done":
      return `Done: ${count(rows, "row", "rows")}.`;
    case "cancelled":
      return `Cancelled at ${far}. What was in stays.`;
  }
}

/** How many rows fit into the plan before an import starts, or null when all do. */
export function roomWords(
  { used, limit }: { used: number; limit: number | null },
  rows: number,
): string | null {
  if (limit === null || limit - used >= rows) return null;
  const free = Math.max(0, limit - used);
  return `Your plan takes ${NUMBER.format(limit)} leads a month, and ${NUMBER.format(free)} more ${free === 1 ? "fits" : "fit"}. The import stops exactly there; the rest waits for a larger plan or next month.`;
}
