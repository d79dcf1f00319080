import { z } from "zod";
import type { AuthorityKind } from "./authorities.ts";
import { calendarDay, daysFrom } from "./calendarDay.ts";
import { TEXT_LIMITS } from "./limits.ts";
import { hasVisibleCharacter } from "./signup.ts";

/** What an installer asks of an authority: leave to build, and leave to connect to the grid. */
export const PERMIT_KINDS = ["permit", "interconnection"] as const;
export type PermitKind = (typeof PERMIT_KINDS)[number];

export const PERMIT_KIND_NAMES: Record<PermitKind, string> = {
  permit: "Permit",
  interconnection: "Interconnection",
};

/** What a new one is called until somebody says otherwise. */
export const PERMIT_TITLES: Record<PermitKind, string> = {
  permit: "Building permit",
  interconnection: "Interconnection application",
};

/** Who decides on it. */
export const DECIDED_BY: Record<PermitKind, AuthorityKind> = {
  permit: "ahj",
  interconnection: "utility",
};

/** Building, electrical, zoning, fire, HOA and interconnection: keeps every read bounded. */
export const MAX_PERMITS = 6;

/** More rounds than any authority has patience for. */
export const MAX_ROUNDS = 20;

/** One submission and what came of it. Days are calendar days, "2026-11-23". */
export type Round = {
  submittedOn: string;
  /** When the answer may be expected, by how long the authority took before. */
  expectedOn?: string;
  outcome?: { kind: "approved"; on: string } | { kind: "rejected"; on: string; reason: string };
};

export const PERMIT_STATUSES = ["draft", "submitted", "rejected", "approved"] as const;
export type PermitStatus = (typeof PERMIT_STATUSES)[number];

/** Where it stands after these rounds. */
export function permitStatus(rounds: readonly Round[]): PermitStatus {
  const last = rounds.at(-1);
  if (last === undefined) return "draft";
  return last.outcome?.kind ?? "submitted";
}

/** Who has to do something about it. */
export const WAITING_ON = ["us", "authority", "nobody"] as const;
export type WaitingOn = (typeof WAITING_ON)[number];

const WAITS_ON: Record<PermitStatus, WaitingOn> = {
  draft: "us",
  submitted: "authority",
  rejected: "us",
  approved: "nobody",
};

/** Who has to do something about it, and since which day. `openedOn`: when it was taken up. */
export function waitingOf(
  openedOn: string,
  rounds: readonly Round[],
): { waitingOn: WaitingOn; waitingSince: string } {
  const last = rounds.at(-1);
  return {
    waitingOn: WAITS_ON[permitStatus(rounds)],
    waitingSince: last?.outcome?.on ?? last?.submittedOn ?? openedOn,
  };
}

const day = { on: calendarDay };

/** What can happen to it next, with the day on which it did. */
export const permitStep = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("submitted"), ...day }),
  z.object({ kind: z.literal("approved"), ...day }),
  z.object({
    kind: z.literal("rejected"),
    ...day,
    reason: z
      .string()
      .trim()
      .min(1, "Say what has to be corrected.")
      .max(TEXT_LIMITS.reason, `The reason can have at most ${TEXT_LIMITS.reason} characters.`),
  }),
]);
export type PermitStep = z.infer<typeof permitStep>;

/** Which steps are possible where it stands. */
export const NEXT_STEPS: Record<PermitStatus, readonly PermitStep["kind"][]> = {
  draft: ["submitted"],
  submitted: ["approved", "rejected"],
  rejected: ["submitted"],
  approved: [],
};

/**
 * The rounds after a step, or the sentence why it cannot be: out of turn, or on a day before
 * the step that it follows.
 */
export function takeStep(
  rounds: readonly Round[],
  step: PermitStep,
): { ok: true; rounds: Round[] } | { ok: false; why: string; field?: "on" } {
  const status = permitStatus(rounds);
  const last = rounds.at(-1);
  if (!NEXT_STEPS[status].includes(step.kind)) {
    return { ok: false, why: OUT_OF_TURN[status] };
  }
  const before = last?.outcome?.on ?? last?.submittedOn;
  if (before !== undefined && step.on < before) {
    return { ok: false, why: "That is before the step it follows.", field: "on" };
  }
  if (step.kind === "submitted") {
    if (rounds.length >= MAX_ROUNDS) {
      return { ok: false, why: `There can be at most ${MAX_ROUNDS} submissions.` };
    }
    return { ok: true, rounds: [...rounds, { submittedOn: step.on }] };
  }
  return { ok: true, rounds: [...rounds.slice(0, -1), { ...last!, outcome: step }] };
}

const OUT_OF_TURN: Record<PermitStatus, string> = {
  draft: "It has not been submitted yet.",
  submitted: "It is submitted already and waits for the answer.",
  rejected: "It was sent back: submit it again first.",
  approved: "It is approved already. Undo that first.",
};

/** The rounds without their last step. */
export function undoStep(rounds: readonly Round[]): Round[] {
  const last = rounds.at(-1);
  if (last?.outcome === undefined) return rounds.slice(0, -1);
  const { outcome: _taken, ...open } = last;
  return [...rounds.slice(0, -1), open];
}

/** How long the authority took to approve, in calendar days, counted from the round that it approved. */
export function reviewDaysOf(rounds: readonly Round[]): number | undefined {
  const last = rounds.at(-1);
  if (last?.outcome?.kind !== "approved") return undefined;
  return daysFrom(last.submittedOn, last.outcome.on);
}

/** What is noted of a permit beside its rounds. Empty text stands for nothing. */
export const permitForm = z.object({
  title: z
    .string()
    .trim()
    .max(TEXT_LIMITS.permitTitle, `A name can have at most ${TEXT_LIMITS.permitTitle} characters.`)
    .refine(hasVisibleCharacter, "Give it a name."),
  referenceNumber: z
    .string()
    .trim()
    .max(
      TEXT_LIMITS.licenceNumber,
      `The number can have at most ${TEXT_LIMITS.licenceNumber} characters.`,
    )
    .optional(),
  /** US cents. */
  feeCents: z
    .number("Enter the fee as a number.")
    .int("Enter the fee in whole cents.")
    .min(0, "The fee cannot be negative.")
    .max(100_000_000, "The fee can be at most $1,000,000.")
    .optional(),
});
export type PermitForm = z.infer<typeof permitForm>;
