import { DAY_MS } from "../days.ts";

/** `uploaded`: brought from elsewhere, to be restored. */
export const ARCHIVE_STATES = ["running", "ready", "failed", "expired", "uploaded"] as const;
export type ArchiveState = (typeof ARCHIVE_STATES)[number];

/** `refused`: nothing was written. */
export const RESTORE_STATES = [
  "checking",
  "writing",
  "linking",
  "cleaning",
  "done",
  "refused",
  "failed",
] as const;

/** So long an archive can be downloaded. */
export const ARCHIVE_DAYS = 7;
export const ARCHIVE_LIFETIME_MS = ARCHIVE_DAYS * DAY_MS;

/** Archives that a company may have at once. */
export const MAX_ARCHIVES = 5;

/** An archive's name as it is saved: "archive-bright-ridge-2026-11-23.zip". */
export function archiveName(slug: string, at: number): string {
  return `archive-${slug}-${new Date(at).toISOString().slice(0, 10)}.zip`;
}
