import Papa, { type Parser, type ParseResult } from "papaparse";
import { MAX_IMPORT_BYTES, MAX_IMPORT_COLUMNS, MAX_IMPORT_ROWS } from "../../lib/leadImport.ts";
import { decodeText } from "./decodeText.ts";

/** A file of leads: its headings, and the cells of every row that is not empty. */
export type LeadFile = {
  name: string;
  /** Hexadecimal SHA-256 of the bytes. */
  fingerprint: string;
  headings: string[];
  rows: string[][];
};

/** Why a file cannot be imported, in one sentence for the person who chose it. */
export class FileProblem extends Error {}

/** Characters parsed at once; between two chunks the page can answer. */
const CHUNK = 512 * 1024;

const NUMBER = new Intl.NumberFormat("en-US");

/** Reads a CSV file. Throws FileProblem. */
export async function readLeadFile(file: File): Promise<LeadFile> {
  if (file.size > MAX_IMPORT_BYTES) {
    const most = MAX_IMPORT_BYTES / 1024 / 1024;
    throw new FileProblem(`This file is larger than ${most} MB. Split it and import the parts.`);
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const text = decodeText(bytes);
  if (text === null) {
    throw new FileProblem("This is not a CSV file. In your spreadsheet, choose “Save as CSV”.");
  }
  const [headings, ...rows] = await parse(text);
  if (headings === undefined) throw new FileProblem("This file is empty.");
  if (rows.length === 0) {
    throw new FileProblem("This file has headings, but no rows below them.");
  }
  if (headings.length > MAX_IMPORT_COLUMNS) {
    throw new FileProblem(`This file has more than ${MAX_IMPORT_COLUMNS} columns.`);
  }
  return { name: file.name, fingerprint: await sha256(bytes), headings, rows };
}

function parse(text: string): Promise<string[][]> {
  const rows: string[][] = [];
  return new Promise((resolve, reject) => {
    Papa.parse<string[]>(text, {
      chunkSize: CHUNK,
      skipEmptyLines: "greedy",
      chunk({ data }: ParseResult<string[]>, parser: Parser) {
        rows.push(...data);
        if (rows.length > MAX_IMPORT_ROWS + 1) {
          const most = NUMBER.format(MAX_IMPORT_ROWS);
          const message = `This file has more than ${most} rows. Split it and import the parts.`;
          // Before the abort, which completes at once.
          reject(new FileProblem(message));
          parser.abort();
          return;
        }
        parser.pause();
        setTimeout(() => parser.resume());
      },
      complete: () => resolve(rows),
      error: reject,
    });
  });
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
