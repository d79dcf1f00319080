/** `npx convex export` and `npx convex import`; all of it needs the admin key. */
import { createReadStream } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { ImportError, type ImportRequest } from "../snapshots/import.ts";
import type { Snapshots } from "../snapshots/snapshots.ts";
import { requireAdmin, type AdminServices } from "./admin.ts";
import { HttpError, readJson, sendJson } from "./messages.ts";

const MAX_BODY_BYTES = 1024 * 1024;

/** False when the path is not one of these. */
export async function snapshotsApi(
  services: AdminServices & { snapshots: Snapshots },
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const { pathname, searchParams } = url;
  if (!/^\/api\/(export|import|perform_import)(\/|$)/.test(pathname)) return false;
  await requireAdmin(services, request);
  const { snapshots } = services;
  const exported = /^\/api\/export\/zip\/(\d+)$/.exec(pathname)?.[1];
  if (exported !== undefined) {
    const file = snapshots.exported(exported);
    if (file === null) throw new HttpError(404, "ExportNotFound", "There is no such snapshot.");
    response.writeHead(200, {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename=snapshot_local_${exported}.zip`,
    });
    await pipeline(createReadStream(file), response);
    return true;
  }
  switch (pathname) {
    case "/api/export/request/zip":
      request.resume();
      await snapshots.export(searchParams.get("includeStorage") === "true");
      sendJson(response, 200, {});
      return true;
    case "/api/import/start_upload":
      request.resume();
      sendJson(response, 200, { uploadToken: await snapshots.startUpload() });
      return true;
    case "/api/import/upload_part": {
      const token = searchParams.get("uploadToken") ?? "";
      if (!(await snapshots.uploadPart(token, request))) throw notThere();
      sendJson(response, 200, searchParams.get("partNumber"));
      return true;
    }
    case "/api/import/finish_upload": {
      const body = await readJson(request, MAX_BODY_BYTES);
      const importId = await snapshots
        .finishUpload(String(body.uploadToken), importRequest(body.import))
        .catch((error: unknown) => {
          throw error instanceof ImportError ? notThere() : error;
        });
      sendJson(response, 200, { importId });
      return true;
    }
    case "/api/perform_import": {
      const { importId } = await readJson(request, MAX_BODY_BYTES);
      if (!(await snapshots.perform(String(importId)))) throw notThere();
      sendJson(response, 200, {});
      return true;
    }
    default:
      return false;
  }
}

function notThere(): HttpError {
  return new HttpError(404, "ImportNotFound", "There is no such upload or import.");
}

function importRequest(given: unknown): ImportRequest {
  const { format, mode = "requireEmpty", ...rest } = (given ?? {}) as ImportRequest;
  if (!["zip", "jsonLines", "jsonArray", "csv"].includes(format)) {
    throw new HttpError(400, "BadRequest", "`format` is not one of Convex's.");
  }
  if (!["requireEmpty", "append", "replace", "replaceAll"].includes(mode)) {
    throw new HttpError(400, "BadRequest", "`mode` is not one of Convex's.");
  }
  return { ...rest, format, mode };
}
