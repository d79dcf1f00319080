import { useRouter } from "next/navigation";
import { useCallback } from "react";

type DecorateUrl = (url: string) => string;

/**
 * Goes on to `target` once a session is active, without leaving the form in the history. Clerk may
 * turn the path into an address of its own first (Safari forgets cookies otherwise).
 */
export function useAfterSignIn(target: string) {
  const router = useRouter();
  return useCallback(
    ({ decorateUrl }: { decorateUrl: DecorateUrl }) => {
      const url = decorateUrl(target);
      if (url.startsWith("/")) router.replace(url);
      else window.location.replace(url);
    },
    [router, target],
  );
}
