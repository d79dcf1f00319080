import { deliveryHeaders, etagOf, MAX_PART_BYTES, requestedRange } from "../../lib/files";
import { type ErrorCode, errorData } from "../../lib/errors";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { httpAction } from "../_generated/server";

/** A file for its download. `url` opens to whoever has it: it never leaves the deployment. */
export type OpenedFile = {
  _id: Id<"files">;
  name: string;
  contentType: string;
  size: number;
  sha256: string;
  url: string;
};

/** What a door answers to a refusal; 403 to all others. */
export const DOOR_STATUS: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  NOT_FOUND: 404,
};

/**
 * GET /files/<fileId>: one part of a stored file, for a member of its company who may
 * read that kind of file, asked anew for every part. Takes Convex's token as bearer and a
 * Range header; answers 206 with at most MAX_PART_BYTES of what was asked for, 304 to a
 * matching If-None-Match, 401, 403, 404 (unknown, malformed and foreign alike) and 416.
 */
export const fileDoor = httpAction(async (ctx, request) => {
  const fileId = new URL(request.url).pathname.slice("/files/".length);
  let file: OpenedFile;
  try {
    file = await ctx.runQuery(internal.files.open, { fileId });
  } catch (thrown) {
    const error = errorData(thrown);
    if (error === null) throw thrown;
    return Response.json({ message: error.message }, { status: DOOR_STATUS[error.code] ?? 403 });
  }

  const headers = deliveryHeaders(file);
  if (request.headers.get("if-none-match") === etagOf(file)) {
    return new Response(null, { status: 304, headers });
  }
  const range = requestedRange(request.headers.get("range"), file.size);
  if (range === null) {
    return new Response(null, {
      status: 416,
      headers: { "content-range": `bytes */${file.size}` },
    });
  }
  const start = range.start;
  const end = Math.min(range.end, start + MAX_PART_BYTES - 1);
  const part = await fetch(file.url, { headers: { range: `bytes=${start}-${end}` } });
  if (part.status !== 206) throw new Error(`Storage answered ${part.status} to a part.`);
  return new Response(part.body, {
    status: 206,
    headers: { ...headers, "content-range": `bytes ${start}-${end}/${file.size}` },
  });
});
