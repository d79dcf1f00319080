import { useSyncExternalStore } from "react";
import { CONSOLE_COOKIE, HOME } from "@/lib/shards";

/**
 * The deployment that the staff's console looks at in this browser: home, until somebody chooses
 * another one. It only says where to connect; what opens there is for that deployment to say. A
 * cookie, so that the routes for files find it too.
 */

const listeners = new Set<() => void>();

/** The chosen deployment's name. On the server, and until the page is alive, it is home. */
export function useConsoleDeployment(): string {
  return useSyncExternalStore(subscribe, read, () => HOME);
}

export function chooseConsoleDeployment(name: string): void {
  document.cookie = `${CONSOLE_COOKIE}=${encodeURIComponent(name)}; path=/; SameSite=Lax`;
  for (const listener of listeners) listener();
}

function read(): string {
  const found = document.cookie
    .split("; ")
    .find((each) => each.startsWith(`${CONSOLE_COOKIE}=`))
    ?.slice(CONSOLE_COOKIE.length + 1);
  return found === undefined ? HOME : decodeURIComponent(found);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
