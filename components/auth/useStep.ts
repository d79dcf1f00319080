import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

/**
 * The step of a form, kept in the address, so that the browser's back button leads to the step
 * before and a reload stays in this one. `replace` leaves no entry in the history.
 */
export function useStep() {
  const parameters = useSearchParams();
  const step = parameters.get("step");
  const goTo = useCallback((next: string | null, { replace = false } = {}) => {
    const url = new URL(window.location.href);
    if (next === null) url.searchParams.delete("step");
    else url.searchParams.set("step", next);
    window.history[replace ? "replaceState" : "pushState"](null, "", url);
  }, []);
  return [step, goTo] as const;
}
