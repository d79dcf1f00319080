import { describeError, errorData } from "@/lib/errors";

/** How long the database may leave the page without an answer before that is mentioned, in milliseconds. */
export const SLOW_MS = 5_000;
/** And before it counts as out of reach. */
export const UNREACHABLE_MS = 12_000;

export type SetupSituation = {
  /** What a function threw. */
  error: unknown;
  /** Signed in at Clerk, but the database does not accept the session. */
  refused: boolean;
  /** Milliseconds since the database last should have answered; 0 while all is well. */
  unansweredMs: number;
};

/** What holds the setting-up back, in words, and what helps against it. */
export type SetupTrouble = {
  severity: "slow" | "stopped";
  title: string;
  text: string;
  remedy: "wait" | "retry" | "reload" | "account" | "signOut";
};

/** The cause that a person can do most about, or null when all is well. */
export function setupTrouble({
  error,
  refused,
  unansweredMs,
}: SetupSituation): SetupTrouble | null {
  if (error !== undefined) return refusedSetup(error);
  if (refused) {
    return {
      severity: "stopped",
      title: "Your session was not accepted",
      text: "You are signed in, but the database could not confirm it. Try again, or sign out and in.",
      remedy: "reload",
    };
  }
  if (unansweredMs >= UNREACHABLE_MS) {
    return {
      severity: "stopped",
      title: "Sunup cannot be reached",
      text: "Your account is safe. Check your internet connection. We keep trying, and your workspace opens by itself as soon as we get through.",
      remedy: "reload",
    };
  }
  if (unansweredMs >= SLOW_MS) {
    return {
      severity: "slow",
      title: "The connection is slow",
      text: "The connection is slow. We keep trying; nothing is lost.",
      remedy: "wait",
    };
  }
  return null;
}

function refusedSetup(error: unknown): SetupTrouble {
  const { title, message, nextStep } = describeError(error);
  const stopped = { severity: "stopped", title } as const;
  switch (errorData(error)?.code) {
    case "EMAIL_NOT_VERIFIED":
      return {
        ...stopped,
        text: `${message} Confirm it in your account, then come back here.`,
        remedy: "account",
      };
    case "ACCOUNT_DELETED":
      return { ...stopped, text: `${message} ${nextStep}`, remedy: "signOut" };
    default:
      return { ...stopped, text: `${message} ${nextStep}`, remedy: "retry" };
  }
}
