import type { FunnelStep } from "@/lib/platformTotals";

/** How far a company came, as staff read it. */
export const STEP_NAMES: Record<"signUps" | FunnelStep, string> = {
  signUps: "Signed up",
  firstProject: "First project",
  secondMember: "Second member",
  tenProjects: "Ten projects",
};

export const SENDER_NAMES = { clerk: "Clerk", stripe: "Stripe", resend: "Resend" };

/** What an event of Clerk's asks for that stays undone, where its type alone says little. */
const EVENT_WORDS: Record<string, string> = {
  "user.created": "Setting up a company, or letting somebody join",
  "user.updated": "A new name or address of somebody",
  "user.deleted": "Ending somebody's access",
};

/** What the work of an event is, for staff who do not know its sender's types. */
export function eventWords(type: string): string {
  return EVENT_WORDS[type] ?? type;
}

/** A mail's kind as words: "leadsUsedUp" -> "Leads used up". */
export function mailWords(kind: string): string {
  const words = kind.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Why Clerk did not follow; other problems are in Clerk's own words. */
export const CLERK_PROBLEMS: Record<string, string> = {
  unreachable: "Clerk could not be reached for a day.",
  refused: "Clerk refused it.",
};
