"use client";

import { Alert } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import { formatMoment } from "@/lib/format";

/** The deployment itself runs something every minute, so that a longer silence means something. */
const SILENCE_MS = 5 * 60_000;

/** Says when nothing reaches the console, since an empty list of alerts would look like peace. */
export function PipelineState() {
  const now = useNow();
  const pipeline = useLiveQuery(api.staff.security.pipeline, {});
  if (pipeline.status === "loading") return null;
  if (pipeline.status === "error") return <ErrorNotice error={pipeline.error} />;
  const { configured, heardAt } = pipeline.data;
  const isHeard = heardAt !== null && now - heardAt < SILENCE_MS;
  if (configured && isHeard) return null;
  return (
    <Alert
      mb="md"
      color="yellow"
      icon={<IconPlugConnectedX size={20} stroke={1.6} aria-hidden />}
      title={configured ? "Telemetry is silent" : "Telemetry is off"}
    >
      {configured
        ? "No events have come for more than five minutes. Check the deployment's log stream."
        : "The deployment has no log stream, so nothing is seen and nobody is alerted: docs/operations.md says how to set it up."}{" "}
      {heardAt === null
        ? "No event was ever received."
        : `The last event was received at ${formatMoment(heardAt)}.`}
    </Alert>
  );
}
