/** Serves clerk-js and its interface to browsers from the installed packages, in place of Clerk's CDN. */
import { realpathSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { extname, join, resolve, sep } from "node:path";
import { ClerkError } from "./errors.ts";
import type { HttpReply, HttpRequest } from "../http/routes.ts";

const TYPES: Record<string, string> = {
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".map": "application/json",
};

/** Whatever version the page asks for, it gets the installed one: package.json pins it. */
const PATTERN = /^\/npm\/@clerk\/(clerk-js|ui)@[^/]+\/dist\/(.+)$/;

const require = createRequire(import.meta.url);

export const isScriptPath = (path: string): boolean => path.startsWith("/npm/");

/** `GET /npm/@clerk/<package>@<version>/dist/<file>`. Throws 404 for anything outside that folder. */
export async function serveScript({ path, headers }: HttpRequest): Promise<HttpReply> {
  const [, packageName, file] = PATTERN.exec(path) ?? [];
  const type = file ? TYPES[extname(file)] : undefined;
  if (!packageName || !file || !type) throw unknownScript();
  const folder = distFolder(packageName);
  const target = resolve(folder, file);
  if (!target.startsWith(folder + sep)) throw unknownScript();
  const info = await stat(target).catch(() => null);
  if (!info?.isFile()) throw unknownScript();
  const etag = `"${info.size.toString(36)}-${Math.floor(info.mtimeMs).toString(36)}"`;
  const caching = { ETag: etag, "Cache-Control": "public, max-age=300" };
  if (headers["if-none-match"] === etag) return { status: 304, headers: caching };
  return {
    status: 200,
    headers: { "Content-Type": type, ...caching },
    body: await readFile(target),
  };
}

function distFolder(packageName: string): string {
  // Not every package exports its package.json, so the folder is found by way of node's search path.
  for (const modules of require.resolve.paths(`@clerk/${packageName}`) ?? []) {
    try {
      return realpathSync(join(modules, "@clerk", packageName, "dist"));
    } catch {
      continue;
    }
  }
  throw new ClerkError(
    404,
    "resource_not_found",
    `The package @clerk/${packageName} is not installed.`,
  );
}

const unknownScript = (): ClerkError =>
  new ClerkError(404, "resource_not_found", "There is no such script.");
