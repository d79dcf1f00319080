import { etagOf, deliveryHeaders, MAX_PART_BYTES } from "../../../lib/files";
import { errorData } from "../../../lib/errors";
import { internal } from "../../_generated/api";
import { httpAction } from "../../_generated/server";
import { DOOR_STATUS } from "../fileDoor";

/**
 * GET /archives/<archiveId>: one part of an archive, for a member of its company who may take it
 * away, asked anew for every part. Takes Convex's token as bearer and a Range header; answers 206
 * with what of it stands in one segment, 401, 403, 404 (unknown, foreign, over) and 416.
 */
export const archiveDoor = httpAction(async (ctx, request) => {
  const archiveId = new URL(request.url).pathname.slice("/archives/".length);
  const range = request.headers.get("range");
  try {
    const archive = await ctx.runQuery(internal.archives.open, { archiveId, range });
    const file = { name: archive.name, contentType: "application/zip", sha256: archive._id };
    const headers = { ...deliveryHeaders(file), etag: etagOf(file) };
    if (archive.part === null) {
      const unsatisfied = { "content-range": `bytes */${archive.bytes}` };
      return new Response(null, { status: 416, headers: unsatisfied });
    }
    const { start, segment } = archive.part;
    const end = Math.min(archive.part.end, start + MAX_PART_BYTES - 1);
    const inside = `bytes=${start - segment.start}-${end - segment.start}`;
    const part = await fetch(segment.url, { headers: { range: inside } });
    if (part.status !== 206) throw new Error(`Storage answered ${part.status} to a part.`);
    const contentRange = { "content-range": `bytes ${start}-${end}/${archive.bytes}` };
    return new Response(part.body, { status: 206, headers: { ...headers, ...contentRange } });
  } catch (thrown) {
    const error = errorData(thrown);
    if (error === null) throw thrown;
    const status = DOOR_STATUS[error.code] ?? 403;
    return Response.json({ message: error.message }, { status });
  }
});
