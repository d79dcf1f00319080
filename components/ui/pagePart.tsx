"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";

/**
 * A part of a page whose code comes apart from the page's, shown the moment it is here. For
 * parts that belong to the page: with `next/dynamic` they would stand in a Suspense boundary, and
 * React holds back what one reveals for 0.3 s after the last that it revealed. What opens on a
 * click is fine with `next/dynamic`. Not for what the server renders.
 */
export function pagePart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  loading: ReactNode,
) {
  let loaded: ComponentType<Props> | undefined;
  let onItsWay: Promise<void> | undefined;

  /** Fetches the code; throws when it cannot be had, and tries anew when asked again. */
  function fetchCode(): Promise<void> {
    onItsWay ??= load().then(
      (part) => void (loaded = part),
      (error: unknown) => {
        onItsWay = undefined;
        throw error;
      },
    );
    return onItsWay;
  }

  function Part(props: Props) {
    const [Loaded, setLoaded] = useState(() => loaded);
    const [failure, setFailure] = useState<{ error: unknown }>();
    useEffect(() => {
      if (Loaded) return;
      fetchCode().then(
        () => setLoaded(() => loaded),
        (error: unknown) => setFailure({ error }),
      );
    }, [Loaded]);
    if (failure) throw failure.error;
    return Loaded ? <Loaded {...props} /> : loading;
  }

  /** Begins with it before it is shown. */
  const fetchAhead = () => void fetchCode().catch(() => undefined);
  return Object.assign(Part, { fetchAhead });
}
