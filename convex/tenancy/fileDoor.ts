import { deliveryHeaders, etagOf, requestedRange } from "../../lib/files";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { httpAction } from "../_generated/server";
import { outOfRange, partOf, refusedFor } from "./doorAnswers";

/** A file for its download. `url` opens to whoever has it: it never leaves the deployment. */
export type OpenedFile = {
  _id: Id<"files">;
  name: string;
  contentType: string;
  size: number;
  sha256: string;
  url: string;
};

/**
 * GET /files/<fileId>: one part of a stored file, for a member of its company who may
 * read that kind of file, asked anew for every part. Takes Convex's token as bearer and a
 * Range header; answers 206 with at most MAX_PART_BYTES (lib/files.ts) of what was asked for, 304 to a
 * matching If-None-Match, 401, 403, 404 (unknown, malformed and foreign alike) and 416.
 */
export const fileDoor = httpAction(async (ctx, request) => {
  const fileId = new URL(request.url).pathname.slice("/files/".length);
  let file: OpenedFile;
  try {
    file = await ctx.runQuery(internal.files.open, { fileId });
  } catch (thrown) {
    return refusedFor(thrown);
  }
  const headers = deliveryHeaders(file);
  if (request.headers.get("if-none-match") === etagOf(file)) {
    return new Response(null, { status: 304, headers });
  }
  const range = requestedRange(request.headers.get("range"), file.size);
  if (range === null) return outOfRange(file.size);
  return await partOf(file, { ...range, size: file.size }, headers);
});
