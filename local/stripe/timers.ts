/** What is due at a later time, kept in the store so that neither a kill nor a long sleep loses it. */
import type { Account } from "./account.ts";
import { REAL_CLOCK } from "./time.ts";

export type TimerKind =
  "trial_will_end" | "cycle" | "expire_incomplete" | "collect_invoice" | "expire_checkout";

export interface Timer {
  id: string;
  kind: TimerKind;
  /** The id of the object that it concerns. */
  target: string;
  /** The test clock it goes by, or REAL_CLOCK. */
  clock: string;
  /** Seconds since 1970. */
  at: number;
}

/** Sets the target's timer of this kind, or moves it; without a time it is cleared. */
export function setTimer(
  { store }: Account,
  kind: TimerKind,
  target: string,
  at: number | null,
  clock: string | null | undefined,
): void {
  const id = `${kind}:${target}`;
  if (at === null) store.timers.delete(id);
  else store.timers.put({ id, kind, target, at, clock: clock ?? REAL_CLOCK });
}
