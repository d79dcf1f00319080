import { useMutation } from "convex/react";
import { useEffect, useRef } from "react";
import { api } from "@/convex/_generated/api";
import { PRESENCE_INTERVAL_MS } from "@/lib/team";

/**
 * Tells the company that this member is here: at once, then every five minutes while the page is
 * in view. The server writes no more often than that, however many windows are open. A beat that
 * gets lost is nobody's loss. Sunup's staff are not `enabled`: they are no members.
 */
export function usePresence({ enabled }: { enabled: boolean }): void {
  const beat = useMutation(api.presence.beat);
  const lastBeat = useRef(-Infinity);
  useEffect(() => {
    if (!enabled) return;
    const tell = () => {
      const now = performance.now();
      if (document.visibilityState !== "visible") return;
      if (now - lastBeat.current < PRESENCE_INTERVAL_MS) return;
      lastBeat.current = now;
      beat({}).catch(() => {});
    };
    tell();
    const timer = setInterval(tell, PRESENCE_INTERVAL_MS);
    document.addEventListener("visibilitychange", tell);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tell);
    };
  }, [beat, enabled]);
}
