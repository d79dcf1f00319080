import type { Permission } from "./roles.ts";

/** What one kind of file may be. Browser and server read the same table; the server's word counts. */
export type FileRules = {
  /** As it is said in a sentence: "A logo can have at most 2 MB." */
  name: string;
  maxBytes: number;
  /** Content types that are taken. */
  types: readonly string[];
  /** Who in the company may open it; `"member"` is everybody. Who may store one, its own function says. */
  read: Permission | "member";
};

const MB = 1024 * 1024;

/** Every kind of file that Sunup stores. SVG is on no list: it is a program, not a picture. */
export const FILE_KINDS = {
  logo: {
    name: "A logo",
    maxBytes: 2 * MB,
    types: ["image/png", "image/jpeg", "image/webp"],
    read: "member",
  },
  document: {
    name: "A document",
    maxBytes: 50 * MB,
    types: [
      "application/pdf",
      "image/jpeg",
      "image/png",
      "image/webp",
      "image/heic",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
      "text/csv",
      "application/zip",
    ],
    read: "projects.read",
  },
} as const satisfies Record<string, FileRules>;
export type FileKind = keyof typeof FILE_KINDS;

/** Most bytes of a file of any kind. */
export const MAX_FILE_BYTES = Math.max(...Object.values(FILE_KINDS).map((rules) => rules.maxBytes));

/** Longest name of a file, in characters. */
const MAX_NAME = 200;

/** How long an upload may take, from asking for its address to claiming the file, in milliseconds. */
export const UPLOAD_LIFETIME_MS = 60 * 60_000;

/** Largest part of a file in one answer of Convex, whose HTTP actions answer with 20 MiB at most. */
export const MAX_PART_BYTES = 16 * MB;

/** What is wrong with a file of this kind, as a sentence, or null. */
export function fileProblem(
  kind: FileKind,
  { size, contentType }: { size: number; contentType: string | undefined },
): string | null {
  const { name, maxBytes, types }: FileRules = FILE_KINDS[kind];
  if (size === 0) return "The file is empty.";
  if (size > maxBytes) return `${name} can have at most ${maxBytes / MB} MB.`;
  if (types.includes(mediaType(contentType))) return null;
  return `${name} must be ${listOf(types.map(typeName))}.`;
}

/** A file's name as it is kept: without folders and control characters, never empty. */
export function cleanFileName(name: string): string {
  const last = name.split(/[/\\]/).pop() ?? "";
  // Direction marks too: they make "gpj.exe" of "exe.jpg" on the screen.
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "").trim();
  return [...clean].slice(0, MAX_NAME).join("") || "file";
}

/** A new name for a file, with the old one's ending: without it no computer knows how to open it. */
export function withEndingOf(oldName: string, name: string): string {
  const ending = /\.[A-Za-z0-9]{1,5}$/.exec(oldName)?.[0] ?? "";
  const kept = name.toLowerCase().endsWith(ending.toLowerCase());
  return kept ? name : `${name.slice(0, MAX_NAME - ending.length)}${ending}`;
}

const PDF = "application/pdf";

/** Types that a browser shows itself. Everything else is saved, and what could run has no type. */
const PICTURES = ["image/png", "image/jpeg", "image/webp", "image/gif", "image/avif"];
const NAMED = [...PICTURES, PDF, "text/csv", "application/zip"];

/** True for a picture that every browser can draw. */
export function isPicture(contentType: string): boolean {
  return PICTURES.includes(mediaType(contentType));
}

export function isPdf(contentType: string): boolean {
  return mediaType(contentType) === PDF;
}

/** Types by a name's ending, for files whose browser does not know them. */
const TYPE_BY_ENDING: Record<string, string> = {
  pdf: PDF,
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  heic: "image/heic",
  heif: "image/heic",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  csv: "text/csv",
  zip: "application/zip",
};

/** What a chosen file is, by its name's ending; otherwise what the browser says, which differs by system. */
export function contentTypeOf({ name, type }: { name: string; type: string }): string {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return (Object.hasOwn(TYPE_BY_ENDING, ending) ? TYPE_BY_ENDING[ending] : undefined) ?? type;
}

/**
 * A sandbox would keep the browser's own PDF viewer out. That viewer runs apart from our origin, and
 * with `nosniff` a file of this type is read as nothing else.
 */
const PDF_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'";

/**
 * Headers with which a stored file is handed out: kept by the browser alone and asked for
 * again each time, and whatever it holds, it cannot run as a page of ours.
 */
export function deliveryHeaders(file: {
  name: string;
  contentType: string;
  sha256: string;
}): Record<string, string> {
  const type = mediaType(file.contentType);
  const disposition = isPicture(type) || isPdf(type) ? "inline" : "attachment";
  return {
    "content-type": NAMED.includes(type) ? type : "application/octet-stream",
    "content-disposition": `${disposition}; filename*=UTF-8''${encoded(file.name)}`,
    "content-security-policy": isPdf(type) ? PDF_POLICY : "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "private, no-cache",
    etag: etagOf(file),
  };
}

export function etagOf({ sha256 }: { sha256: string }): string {
  return `"${sha256}"`;
}

/** The bytes that a Range header asks for, both ends included; null when there is no such part. */
export function requestedRange(
  header: string | null,
  size: number,
): { start: number; end: number } | null {
  if (header === null) return { start: 0, end: size - 1 };
  const [, from = "", to = ""] = /^bytes=(\d*)-(\d*)$/.exec(header.trim()) ?? [];
  if (from === "" && to === "") return null;
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  return start <= end ? { start, end } : null;
}

function mediaType(contentType: string | undefined): string {
  return contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
}

/** RFC 8187: what encodeURIComponent leaves and a header's value may not hold. */
function encoded(name: string): string {
  const wellFormed = name.replace(/\p{Surrogate}/gu, "_");
  return encodeURIComponent(wellFormed).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function typeName(type: string): string {
  if (type.endsWith(".document")) return "Word";
  if (type.endsWith(".sheet")) return "Excel";
  return type.split("/")[1]?.toUpperCase() ?? type;
}

function listOf(words: readonly string[]): string {
  return new Intl.ListFormat("en", { type: "disjunction" }).format(words);
}
