import { etagOf, deliveryHeaders } from "../../../lib/files";
import { internal } from "../../_generated/api";
import { httpAction } from "../../_generated/server";
import { outOfRange, partOf, refusedFor } from "../doorAnswers";

/**
 * GET /archives/<archiveId>: one part of an archive, for a member of its company who may take it
 * away, asked anew for every part. Takes Convex's token as bearer and a Range header; answers 206
 * with what of it stands in one segment, 401, 403, 404 (unknown, foreign, over) and 416.
 */
export const archiveDoor = httpAction(async (ctx, request) => {
  const archiveId = new URL(request.url).pathname.slice("/archives/".length);
  const range = request.headers.get("range");
  let archive;
  try {
    archive = await ctx.runQuery(internal.archives.open, { archiveId, range });
  } catch (thrown) {
    return refusedFor(thrown);
  }
  if (archive.part === null) return outOfRange(archive.bytes);
  const file = { name: archive.name, contentType: "application/zip", sha256: archive._id };
  const { segment, ...part } = archive.part;
  const headers = { ...deliveryHeaders(file), etag: etagOf(file) };
  const source = { url: segment.url, offset: segment.start };
  return await partOf(source, { ...part, size: archive.bytes }, headers);
});
