import type { Permission } from "./roles.ts";

/** How Sunup's staff may be in a company: looking, or also helping. */
export const ENTRY_ACCESS = ["read", "write"] as const;
export type EntryAccess = (typeof ENTRY_ACCESS)[number];

/** How long staff stay in a company at most, in milliseconds. */
export const ENTRY_MS = 30 * 60_000;

/** How long a company has to answer before a request is withdrawn by itself, in milliseconds. */
export const REQUEST_MS = 24 * 60 * 60_000;

/** `requested` waits for the company's consent, `open` is in, `ended` is over or never began. */
export const ENTRY_STATES = ["requested", "open", "ended"] as const;

/** How an entry came to its end. */
export const ENTRY_ENDINGS = [
  "left",
  "expired",
  "endedByCompany",
  "refused",
  "unanswered",
  "noLongerStaff",
] as const;
export type EntryEnding = (typeof ENTRY_ENDINGS)[number];

export const ENTRY_ENDING_WORDS: Record<EntryEnding, string> = {
  left: "Left",
  expired: "Time was up",
  endedByCompany: "Ended by you",
  refused: "Refused",
  unanswered: "Not answered in time",
  noLongerStaff: "No longer with Sunup",
};

const READ = [
  "projects.read",
  "leads.read",
  "contacts.read",
  "team.read",
  "audit.read",
] as const satisfies Permission[];

/**
 * Never billing, members' roles and invitations, or notes, which are somebody's own words: those
 * stay with the company's people, whatever the reason for the entry.
 */
const WRITE = [
  ...READ,
  "projects.write",
  "projects.overrideGates",
  "leads.write",
  "campaigns.manage",
  "contacts.write",
  "settings.manage",
] as const satisfies Permission[];

/** What an entry may do, in the order of lib/roles.ts. */
export function entryPermissions(access: EntryAccess): readonly Permission[] {
  return access === "write" ? WRITE : READ;
}
