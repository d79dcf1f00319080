"use client";

import { useEffect } from "react";
import { PlainFrame } from "@/components/auth/PlainFrame";
import { ErrorNotice } from "@/components/ui/QueryBoundary";

/** What a page shows when rendering it failed and nothing nearer caught that. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <PlainFrame>
      <ErrorNotice error={error} onRetry={retry} order={1} />
    </PlainFrame>
  );
}
