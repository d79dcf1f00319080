/**
 * What one transaction of an erasure may take up, well below half of what Convex allows (8,000
 * documents written, 16,000 read, 8 MiB and 2,048 index ranges are the halves): a row costs a read,
 * a delete, and a few more for what hangs on it.
 */
export const BATCH_ROWS = 200;
const BATCH_CHARACTERS = 2_000_000;

export type Batch = { take(row: object): void; readonly isFull: boolean };

export function newBatch(limit = BATCH_ROWS): Batch {
  let rows = 0;
  let characters = 0;
  return {
    take(row) {
      rows += 1;
      characters += JSON.stringify(row).length;
    },
    get isFull() {
      return rows >= limit || characters >= BATCH_CHARACTERS;
    },
  };
}

/** Rows of a query until the batch is full, and whether those are all. */
export async function takeInto<Row extends object>(
  batch: Batch,
  query: AsyncIterable<Row>,
): Promise<{ rows: Row[]; all: boolean }> {
  const rows: Row[] = [];
  if (batch.isFull) return { rows, all: false };
  for await (const row of query) {
    batch.take(row);
    rows.push(row);
    if (batch.isFull) return { rows, all: false };
  }
  return { rows, all: true };
}
