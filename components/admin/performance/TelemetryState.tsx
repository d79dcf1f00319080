"use client";

import { Alert } from "@mantine/core";
import { useQuery } from "convex/react";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import { formatRelative } from "@/lib/format";

/** Silence for so long is worth a word; the stream is heard at every call. */
const QUIET_MS = 60 * 60 * 1000;

/** Says so when the log stream is off or has gone quiet: then there are no figures, and no alerts. */
export function TelemetryState() {
  const now = useNow();
  const heardAt = useQuery(api.staff.performance.heardAt);
  if (heardAt === undefined) return null;
  if (heardAt === null) {
    return (
      <Alert mb="md" color="yellow" title="Telemetry is off">
        No log stream has reached Sunup yet, so there are no figures. Point one at
        /webhooks/logStream of the deployment; docs/operations.md says how.
      </Alert>
    );
  }
  if (now - heardAt < QUIET_MS) return null;
  return (
    <Alert mb="md" color="yellow" title="The log stream is quiet">
      It was last heard {formatRelative(heardAt, now)}. Figures end there.
    </Alert>
  );
}
