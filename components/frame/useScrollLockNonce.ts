import { useMantineStyleNonce } from "@mantine/core";
import { useEffect } from "react";

declare global {
  // The name under which get-nonce, and through it react-remove-scroll, looks for the nonce.
  var __webpack_nonce__: string | undefined;
}

/**
 * Drawers and modals hold the page still with a style element of their own. The page's
 * content-security-policy takes it only with the nonce, and Mantine does not pass it on.
 */
export function useScrollLockNonce(): void {
  const getNonce = useMantineStyleNonce();
  useEffect(() => {
    globalThis.__webpack_nonce__ = getNonce?.();
  }, [getNonce]);
}
