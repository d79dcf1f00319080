import { z } from "zod";
import { cleanFileName } from "./files.ts";
import type { Financing } from "./projects.ts";

/** What papers and pictures a job gathers, by the names that installers use. */
export const DOCUMENT_KIND_NAMES = {
  utilityBill: "Utility bill",
  photoId: "Photo ID",
  contract: "Signed contract",
  hoaLetter: "HOA letter",
  sitePhoto: "Site photo",
  planSet: "Plan set",
  specSheet: "Spec sheet",
  permit: "Permit",
  interconnection: "Interconnection",
  inspectionCard: "Inspection card",
  ptoLetter: "PTO letter",
  lienWaiver: "Lien waiver",
  warranty: "Warranty",
  other: "Other",
} as const;
export type DocumentKind = keyof typeof DOCUMENT_KIND_NAMES;
export const DOCUMENT_KINDS = Object.keys(DOCUMENT_KIND_NAMES) as DocumentKind[];

const MAX_NAME = 200;

/** A document's name as its form and the server check it. */
export const documentName = z
  .string()
  .trim()
  .min(1, "Give the document a name.")
  .max(MAX_NAME, `A name can have at most ${MAX_NAME} characters.`)
  .transform(cleanFileName);

/** How long a deleted document can be brought back, in days. */
export const RESTORABLE_DAYS = 30;

/** What every job needs before it is done, in the order in which it comes in. */
const ALWAYS: readonly DocumentKind[] = [
  "utilityBill",
  "contract",
  "sitePhoto",
  "planSet",
  "permit",
  "interconnection",
  "inspectionCard",
  "ptoLetter",
];

/** What the way of paying adds: a lender and a lessor want to know whom and what they finance. */
const BY_FINANCING: Record<Financing, readonly DocumentKind[]> = {
  cash: ["lienWaiver"],
  loan: ["photoId", "lienWaiver", "warranty"],
  lease: ["photoId", "specSheet", "warranty"],
  ppa: ["photoId", "specSheet", "warranty"],
};

/** The kinds of documents that a job needs, by how it is paid for; undefined while nobody knows. */
export function requiredDocuments(financing: Financing | undefined): DocumentKind[] {
  const needed = new Set([...ALWAYS, ...(financing ? BY_FINANCING[financing] : [])]);
  return DOCUMENT_KINDS.filter((kind) => needed.has(kind));
}

/** Words in a file's name that tell its kind. The first that fits counts: the exact before the general. */
const HINTS: readonly [DocumentKind, RegExp][] = [
  ["ptoLetter", /\bpto\b|permission to operate/],
  ["interconnection", /\binterconn|\bnem\b|net meter/],
  ["inspectionCard", /\binspect|\bjob card\b/],
  ["lienWaiver", /\blien/],
  ["warranty", /\bwarrant/],
  ["hoaLetter", /\bhoa\b|homeowners? assoc/],
  ["planSet", /\bplan ?sets?\b|\bplans?\b|single line|\bsld\b|one line|\bstructural\b|site plan/],
  ["specSheet", /\bspec|data ?sheet|\bcut ?sheet/],
  ["utilityBill", /\bbills?\b|\butility\b|\belectric\b/],
  ["permit", /\bpermit/],
  ["contract", /\bcontract|\bagreement|\bsigned\b|proposal/],
  ["photoId", /\blicen[cs]e\b|\bpassport|\bphoto ?id\b|\bid\b/],
  ["sitePhoto", /\bphoto|\bimg\b|\bdsc\b|\bpxl\b|\broof|\battic|\bpanel|\bmeter\b|\bbreaker/],
];

/** The kind that a file's name suggests: "PTO_letter-final.pdf" is a PTO letter. Pictures are site photos. */
export function guessDocumentKind(fileName: string, contentType = ""): DocumentKind {
  const words = fileName
    .replace(/\.[^.]*$/, "")
    // "PlanSet_v2" has the words "plan set 2": digits and joints separate.
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, " ");
  const found = HINTS.find(([, hint]) => hint.test(words))?.[0];
  return found ?? (contentType.startsWith("image/") ? "sitePhoto" : "other");
}
