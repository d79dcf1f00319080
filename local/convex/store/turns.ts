/**
 * Keeps the event loop alive: node:sqlite is synchronous and awaits between synchronous steps are
 * microtasks, so a busy queue would starve timers and sockets if nobody gave them a turn.
 */
const LONGEST_RUN_MS = 4;

let lastTurn = performance.now();
const waiting: (() => void)[] = [];

/** A turn of the event loop if there was none for a few ms, otherwise nothing to wait for. */
export function breathe(): Promise<void> | undefined {
  if (performance.now() - lastTurn < LONGEST_RUN_MS) return undefined;
  return new Promise((resolve) => {
    waiting.push(resolve);
    if (waiting.length === 1) setImmediate(resumeOne);
  });
}

/** One per turn: a thousand that were all resumed in the same turn would be one long run again. */
function resumeOne(): void {
  lastTurn = performance.now();
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(resumeOne);
}
