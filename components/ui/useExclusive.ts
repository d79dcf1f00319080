import { useCallback, useRef, useState } from "react";

/**
 * Runs one thing at a time: while it runs, further calls (a double click, Enter held down) do
 * nothing. `busy` is for the button. Whatever `run` throws is passed on.
 */
export function useExclusive<Args extends unknown[]>(run: (...args: Args) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  // A ref, because a second click can come before React has drawn the first one's busy state.
  const running = useRef(false);
  const start = useCallback(
    async (...args: Args) => {
      if (running.current) return;
      running.current = true;
      setBusy(true);
      try {
        await run(...args);
      } finally {
        running.current = false;
        setBusy(false);
      }
    },
    [run],
  );
  return [start, busy] as const;
}
