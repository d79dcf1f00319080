import { formatRelative } from "@/lib/format";
import type { InvitationProblem } from "@/lib/team";
import type { Invitation } from "./types";

const PROBLEMS: Record<InvitationProblem, string> = {
  unreachable: "Not sent: the sign-in service did not answer.",
  refused: "Not sent: the sign-in service did not take this address.",
  undelivered: "The mail did not arrive. Is the address right?",
  otherCompany:
    "This address has an account in another company. Invite them at another e-mail address.",
};

/** How far an invitation is, in one line; `trouble` when somebody has to do something. */
export function invitationState(
  { status, problem, retrying, sentAt, expiresAt }: Invitation,
  now: number,
): { words: string; trouble: boolean } {
  if (status === "expired")
    return { words: `Expired ${formatRelative(expiresAt, now)}`, trouble: false };
  if (problem !== undefined) {
    const words = PROBLEMS[problem];
    const goesOn = retrying && (problem === "unreachable" || problem === "refused");
    return { words: goesOn ? `${words} We keep trying.` : words, trouble: true };
  }
  if (sentAt === undefined || retrying) return { words: "Being sent…", trouble: false };
  return {
    words: `Sent ${formatRelative(sentAt, now)}, expires ${formatRelative(expiresAt, now)}`,
    trouble: false,
  };
}
