import { type ErrorCode, errorData } from "../../lib/errors";
import { MAX_PART_BYTES } from "../../lib/files";

/** What the doors of stored bytes answer: tenancy/fileDoor.ts and tenancy/archive/door.ts. */

/** By the code of a refusal; 403 to all others. */
const STATUS: Partial<Record<ErrorCode, number>> = { UNAUTHENTICATED: 401, NOT_FOUND: 404 };

/** The answer to a refusal; throws on what is none. */
export function refusedFor(thrown: unknown): Response {
  const error = errorData(thrown);
  if (error === null) throw thrown;
  return Response.json({ message: error.message }, { status: STATUS[error.code] ?? 403 });
}

/** 416: what was asked for is not among the `size` bytes. */
export function outOfRange(size: number): Response {
  return new Response(null, { status: 416, headers: { "content-range": `bytes */${size}` } });
}

/**
 * 206 with the bytes `start` to `end` of `size`, at most MAX_PART_BYTES of them. `url` holds the
 * bytes from `offset` on, and never leaves the deployment.
 */
export async function partOf(
  { url, offset = 0 }: { url: string; offset?: number },
  { start, end, size }: { start: number; end: number; size: number },
  headers: Record<string, string>,
): Promise<Response> {
  const last = Math.min(end, start + MAX_PART_BYTES - 1);
  const range = `bytes=${start - offset}-${last - offset}`;
  const part = await fetch(url, { headers: { range } });
  if (part.status !== 206) throw new Error(`Storage answered ${part.status} to a part.`);
  return new Response(part.body, {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${start}-${last}/${size}` },
  });
}
