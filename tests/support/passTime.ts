import { vi } from "vitest";
import type { Backend } from "./backend.ts";

/**
 * Lets `ms` milliseconds of a fake clock pass, from timer to timer, so that every scheduled
 * function runs at its own time and has ended before the clock moves on.
 */
export async function passTime(t: Backend, ms: number): Promise<void> {
  let passed = false;
  setTimeout(() => (passed = true), ms);
  while (!passed) {
    vi.advanceTimersToNextTimer();
    await t.finishInProgressScheduledFunctions();
  }
}
