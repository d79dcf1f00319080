"use client";

import { Skeleton, Text } from "@mantine/core";
import { Panel } from "@/components/ui/Panel";
import { ErrorNotice } from "@/components/ui/QueryBoundary";
import { useLiveQuery } from "@/components/ui/useLiveQuery";
import { useNow } from "@/components/ui/useNow";
import { api } from "@/convex/_generated/api";
import type { Id } from "@/convex/_generated/dataModel";
import { formatRelative } from "@/lib/format";
import classes from "./Tenant.module.css";

const SENDERS = { clerk: "Clerk", stripe: "Stripe", resend: "Resend" };
const STATUSES = {
  received: "waits",
  processed: "done",
  ignored: "nothing to do",
  failed: "failed",
};

/** The last webhooks about a company's payments and administrators. */
export function WebhooksPanel({ tenantId }: { tenantId: Id<"tenants"> }) {
  const events = useLiveQuery(api.staff.tenants.webhooks, { tenantId });
  const now = useNow();
  return (
    <Panel title="Webhooks">
      {events.status === "error" && <ErrorNotice error={events.error} />}
      {events.status === "loading" && <Skeleton height={60} aria-label="Loading webhooks" />}
      {events.status === "ready" && events.data.length === 0 && (
        <Text c="dimmed" size="sm">
          None came lately.
        </Text>
      )}
      {events.status === "ready" && events.data.length > 0 && (
        <ol className={classes.notes}>
          {events.data.map((event) => (
            <li key={event._id}>
              <Text size="sm">
                {SENDERS[event.source]}: {event.type}, {STATUSES[event.status]}
              </Text>
              <span className={classes.note}>
                {formatRelative(event.receivedAt, now)}. {event.detail}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
