/**
 * Keeps the event loop alive: node:sqlite is synchronous and awaits between synchronous steps are
 * microtasks, so a busy queue would starve timers and sockets if nobody gave them a turn.
 */
const LONGEST_RUN_MS = 4;

let lastTurn = performance.now();

/** A turn of the event loop if there was none for a few ms, otherwise nothing to wait for. */
export function breathe(): Promise<void> | undefined {
  if (performance.now() - lastTurn < LONGEST_RUN_MS) return undefined;
  return new Promise((resolve) => {
    setImmediate(() => {
      lastTurn = performance.now();
      resolve();
    });
  });
}
