import { dayIn, daysFrom } from "../../lib/calendarDay.ts";
import { formatDay } from "../../lib/format.ts";
import { permitStatus, type PermitStatus, type Round, type WaitingOn } from "../../lib/permits.ts";

export const STATUS_NAMES: Record<PermitStatus, string> = {
  draft: "Not submitted",
  submitted: "Submitted",
  rejected: "Sent back",
  approved: "Approved",
};

/** The one thing to do next, as its button says it; nothing once it is approved. */
export const NEXT_ACTION: Record<PermitStatus, string | null> = {
  draft: "Mark as submitted",
  submitted: "Record the answer",
  rejected: "Mark as resubmitted",
  approved: null,
};

type Waiting = {
  rounds: readonly Round[];
  waitingOn: WaitingOn;
  waitingSince: string;
  authorityName?: string;
};

/** The day that it is where the reader is. */
export function today(): string {
  return dayIn(undefined, Date.now());
}

/** Whole days that it has been waiting; none before its day has come, clocks differ. */
export function daysWaiting({ waitingSince }: Pick<Waiting, "waitingSince">, on: string): number {
  return Math.max(0, daysFrom(waitingSince, on));
}

/** "1 day", "12 days". */
export function daysText(days: number): string {
  return days === 1 ? "1 day" : `${days} days`;
}

/** Whom it waits for, as people say it after "Waiting on". */
export function waitingOnText({ waitingOn, authorityName }: Waiting): string {
  if (waitingOn === "us") return "you";
  return waitingOn === "authority" ? (authorityName ?? "the authority") : "nobody";
}

/** How it stands today, in one sentence. */
export function standingText(permit: Waiting, on: string): string {
  const waited = daysWaiting(permit, on);
  const time = waited === 0 ? "since today" : `for ${daysText(waited)}`;
  const authority = permit.authorityName ?? "the authority";
  switch (permitStatus(permit.rounds)) {
    case "draft":
      return `Waiting on you ${time}, to submit it.`;
    case "submitted":
      return waited === 0
        ? `With ${authority} since today.`
        : `With ${authority} ${time}, since ${formatDay(permit.waitingSince)}.`;
    case "rejected":
      return `Waiting on you ${time}, to correct and resubmit it.`;
    case "approved":
      return `Approved on ${formatDay(permit.waitingSince)}.`;
  }
}

/** When the answer may be expected; undefined where nothing is known, or nobody waits for one. */
export function expectedText({ rounds }: Pick<Waiting, "rounds">, on: string): string | undefined {
  const last = rounds.at(-1);
  if (last?.expectedOn === undefined || last.outcome !== undefined) return undefined;
  const late = daysFrom(last.expectedOn, on);
  const day = formatDay(last.expectedOn);
  return late > 0 ? `${daysText(late)} later than usual` : `Expected ${day}`;
}
