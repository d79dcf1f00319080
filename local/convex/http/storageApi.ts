/** Files over HTTP: POST /api/storage/upload?token=…, GET /api/storage/<uuid>. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Files, StoredFile } from "../files.ts";
import { SyscallError } from "../runtime/errors.ts";
import { HttpError, sendJson } from "./messages.ts";

/** False when the path is not one of these. */
export async function storageApi(
  files: Files,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const name = /^\/api\/storage\/([^/]+)$/.exec(url.pathname)?.[1];
  if (name === undefined) return false;
  if (name === "upload") {
    await upload(files, url, request, response);
  } else {
    await download(files, name, request, response);
  }
  return true;
}

async function upload(files: Files, url: URL, request: IncomingMessage, response: ServerResponse) {
  if (request.method !== "POST") throw new HttpError(405, "MethodNotAllowed", "Use POST.");
  const component = files.checkToken(url.searchParams.get("token") ?? "");
  if (component === null) {
    request.resume();
    throw new HttpError(401, "StorageTokenInvalid", "The upload URL is not valid or has expired.");
  }
  const digest = /^sha-256=(.+)$/i.exec(String(request.headers.digest ?? ""))?.[1];
  const contentType = request.headers["content-type"] ?? null;
  const storageId = await files
    .store(component, request, contentType, digest)
    .catch((error: unknown) => {
      if (!(error instanceof SyscallError)) throw error;
      throw new HttpError(400, "BadUpload", error.message);
    });
  sendJson(response, 200, { storageId });
}

async function download(
  files: Files,
  uuid: string,
  request: IncomingMessage,
  response: ServerResponse,
) {
  if (request.method !== "GET" && request.method !== "HEAD") {
    throw new HttpError(405, "MethodNotAllowed", "Use GET.");
  }
  const stored = files.find(uuid);
  if (stored === null) throw new HttpError(404, "FileNotFound", "There is no such file.");
  const range = rangeOf(request.headers.range, stored);
  if (range === "unsatisfiable") {
    response.setHeader("content-range", `bytes */${stored.size}`);
    throw new HttpError(416, "RangeNotSatisfiable", "The file does not have that range.");
  }
  const { start, end } = range ?? { start: 0, end: stored.size - 1 };
  response.writeHead(range === null ? 200 : 206, {
    ...(stored.contentType === null ? {} : { "content-type": stored.contentType }),
    ...(range === null ? {} : { "content-range": `bytes ${start}-${end}/${stored.size}` }),
    "content-length": end - start + 1,
    "accept-ranges": "bytes",
    "cache-control": "private, max-age=2592000",
    "content-disposition": "inline",
    digest: `sha-256=${stored.sha256}`,
    // Files come from users: they must not run as pages of this origin.
    "content-security-policy": "sandbox",
    "x-content-type-options": "nosniff",
  });
  if (request.method === "HEAD" || stored.size === 0) return void response.end();
  await pipeline(files.read(stored, start, end), response);
}

function rangeOf(
  header: string | undefined,
  { size }: StoredFile,
): { start: number; end: number } | null | "unsatisfiable" {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (match === null || (match[1] === "" && match[2] === "")) return null;
  const [, from = "", to = ""] = match;
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return start > end || start >= size ? "unsatisfiable" : { start, end };
}
