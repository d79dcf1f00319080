import { useAuth } from "@clerk/nextjs";
import { useCallback } from "react";
import { untilAnswered } from "./untilAnswered";

/**
 * Clerk's `useAuth` for Convex's provider, with a `getToken` that waits until the network is back.
 * A session token lives a minute. When it cannot be renewed, Convex takes the missing answer for a
 * sign-out and does not ask again: a minute in a tunnel would cost the open page, and the form in it.
 */
export function useSteadyAuth(): ReturnType<typeof useAuth> {
  const auth = useAuth();
  const { getToken } = auth;
  const getTokenSteadily = useCallback<typeof getToken>(
    (options) => untilAnswered(() => getToken(options), networkOr),
    [getToken],
  );
  return { ...auth, getToken: getTokenSteadily };
}

/** Resolves when the browser says that the network is back, or after `milliseconds`. */
function networkOr(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const go = () => {
      clearTimeout(timer);
      window.removeEventListener("online", go);
      resolve();
    };
    const timer = setTimeout(go, milliseconds);
    window.addEventListener("online", go);
  });
}
