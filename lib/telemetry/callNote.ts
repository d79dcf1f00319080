import type { LoggedLine } from "../logStream.ts";

/**
 * What a company's function says at its end, as one line of the log with `"sunup": "call"`
 * (convex/tenancy/callLog.ts): what the deployment's log stream cannot know by itself.
 */
export type CallNote = {
  tenant: string;
  /** Null for background work. */
  member: string | null;
  indexRanges: number;
  /** Rows of the answer, when it is a list or a page; otherwise 1, or 0 for none. */
  rows: number;
  documentsRead: number;
  documentsWritten: number;
  bytesRead: number;
  bytesWritten: number;
};

const READ = ["documentsRead", "bytesRead", "indexRanges"];
const COUNTS = [...READ, "documentsWritten", "bytesWritten", "rows"];

/** The note that a line of the log carries, or null when the line is another or spoilt. */
export function readCallNote(data: Record<string, unknown>): CallNote | null {
  const { tenant, member } = data;
  const isCount = (name: string) => typeof data[name] === "number" && data[name] >= 0;
  if (typeof tenant !== "string" || !COUNTS.every(isCount)) return null;
  if (member !== null && typeof member !== "string") return null;
  return data as CallNote;
}

/** A note with the run that said it. */
export type NotedCall = CallNote & { requestId: string; path: string };

/** The notes among the lines of a batch. */
export function notedCalls(lines: readonly LoggedLine[]): NotedCall[] {
  return lines.flatMap(({ sunup, data, requestId, path }) => {
    const note = sunup === "call" ? readCallNote(data) : null;
    return note === null ? [] : [{ ...note, requestId, path }];
  });
}
