import { useState } from "react";

/**
 * Open and closed, for a drawer or dialog whose code is loaded with the first opening. `wanted`
 * says whether to render it at all; it stays true, so that what was typed outlives a closing.
 */
export function useLazyDisclosure() {
  const [state, setState] = useState({ wanted: false, opened: false });
  return {
    ...state,
    open: () => setState({ wanted: true, opened: true }),
    close: () => setState((last) => ({ ...last, opened: false })),
  };
}
