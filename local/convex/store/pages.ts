/**
 * Pages (`.paginate()`): what lies between two cursors, or the next so many rows after one.
 *
 * Invariants
 * - A cursor is a position in an index, not a number of rows: rows that come and go neither repeat
 *   nor skip others.
 * - A page that is read again with the cursor it ended at (`endCursor`) covers exactly the same range,
 *   so pages stay gapless; then `pageSize` and the maxima do not apply.
 * - A cursor fits only the query it came from, and cannot widen the query's range.
 */
import { createHash } from "node:crypto";
import { StoreError } from "./errors.ts";
import { DEFAULT_LIMITS } from "./limits.ts";
import { indexOf, openSource, pipeline } from "./query.ts";
import type { Position, ReadContext } from "./sources.ts";
import type { DocJson, Page, PageRequest } from "./types.ts";

const FINGERPRINT_BYTES = 8;
const AT_END = 1;
const AFTER_KEY = 0;
// Shares of a limit past which a page asks to be split.
const SOFT = 3 / 4;
const SOFT_PAGE_LENGTH = 8192 * SOFT;

/** Throws InvalidCursor, InvalidQuery or NoSuchIndex. */
export function readPage(context: ReadContext, component: string, request: PageRequest): Page {
  const { query, pageSize } = request;
  checkRequest(request);
  const fingerprint = fingerprintOf(context, component, request);
  const cursor = request.cursor ?? null;
  const after = cursor === null ? null : decodeCursor(cursor, fingerprint);
  const endCursor = request.endCursor ?? null;
  const upTo = endCursor === null ? null : decodeCursor(endCursor, fingerprint);
  const caps = {
    rows: request.maximumRowsRead ?? Infinity,
    bytes: request.maximumBytesRead ?? Infinity,
  };
  const source = openSource(
    context,
    component,
    query,
    { after, upTo },
    {
      expected: upTo === null && query.operators.length === 0 ? pageSize : null,
      caps: upTo === null ? caps : null,
    },
  );
  const rows = pipeline(source, query.operators);

  const page: DocJson[] = [];
  let pageStatus: Page["pageStatus"] = null;
  while (upTo !== null || page.length < pageSize) {
    try {
      const { value, done } = rows.next();
      if (done) break;
      page.push(value);
    } catch (error) {
      // Over a limit, but with something to show: the client continues with smaller pages.
      const hasProgress = source.position !== null;
      if (!(error instanceof StoreError && error.code === "LimitExceeded" && hasProgress)) {
        throw error;
      }
      pageStatus = "SplitRequired";
      break;
    }
  }
  const { passed, bytesRead } = source;
  if (
    pageStatus === null &&
    (page.length > SOFT_PAGE_LENGTH ||
      passed.length > SOFT * Math.min(caps.rows, DEFAULT_LIMITS.documentsRead) ||
      bytesRead > SOFT * Math.min(caps.bytes, DEFAULT_LIMITS.bytesRead))
  ) {
    pageStatus = "SplitRecommended";
  }
  const position = upTo ?? source.position ?? after ?? "end";
  const middle = passed.length > 2 ? passed[passed.length >> 1] : undefined;
  return {
    page,
    isDone: position === "end",
    continueCursor: encodeCursor(fingerprint, position),
    splitCursor:
      middle === undefined || query.source.type === "Search"
        ? null
        : encodeCursor(fingerprint, middle),
    pageStatus,
  };
}

function checkRequest({ query, pageSize, maximumRowsRead, maximumBytesRead }: PageRequest): void {
  if (query.operators.some((operator) => "limit" in operator)) {
    throw new StoreError("InvalidQuery", "A paginated query cannot have a limit.");
  }
  if (!Number.isInteger(pageSize) || pageSize < 1) {
    throw new StoreError("InvalidQuery", "Must request at least 1 document while paginating");
  }
  if (pageSize > DEFAULT_LIMITS.documentsRead) {
    throw new StoreError("InvalidQuery", `Requested too many items: ${pageSize}`);
  }
  if (maximumRowsRead === 0 || maximumBytesRead === 0) {
    throw new StoreError(
      "InvalidQuery",
      "maximumRowsRead and maximumBytesRead must be greater than 0",
    );
  }
}

function fingerprintOf(context: ReadContext, component: string, { query }: PageRequest): Buffer {
  const index = indexOf(context, component, query);
  return createHash("sha256")
    .update(JSON.stringify([component, query.source, query.operators, index?.fields ?? null]))
    .digest()
    .subarray(0, FINGERPRINT_BYTES);
}

function encodeCursor(fingerprint: Buffer, position: Position): string {
  const [kind, key] = position === "end" ? [AT_END, new Uint8Array()] : [AFTER_KEY, position];
  return Buffer.concat([fingerprint, Buffer.of(kind), key]).toString("base64url");
}

function decodeCursor(cursor: string, fingerprint: Buffer): Position {
  const bytes = Buffer.from(cursor, "base64url");
  const kind = bytes[FINGERPRINT_BYTES];
  const key = bytes.subarray(FINGERPRINT_BYTES + 1);
  if (kind !== AT_END && kind !== AFTER_KEY) {
    throw new StoreError("InvalidCursor", "InvalidCursor: Failed to parse cursor");
  }
  if (!bytes.subarray(0, FINGERPRINT_BYTES).equals(fingerprint)) {
    throw new StoreError(
      "InvalidCursor",
      "InvalidCursor: Tried to run a query starting from a cursor, but it looks like this cursor is from a different query.",
    );
  }
  return kind === AT_END ? "end" : Uint8Array.from(key);
}
