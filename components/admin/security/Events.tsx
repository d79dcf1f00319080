"use client";

import { Skeleton, Text } from "@mantine/core";
import { usePaginatedQuery } from "convex/react";
import type { FunctionArgs } from "convex/server";
import { MoreButton } from "@/components/ui/LoadMore";
import { api } from "@/convex/_generated/api";
import type { Doc } from "@/convex/_generated/dataModel";
import { formatMoment } from "@/lib/format";
import classes from "./Security.module.css";
import { EVENT_WORDS, times } from "./securityWords";

const PAGE = 25;

type EventsProps = { about: FunctionArgs<typeof api.staff.security.events>["about"] };

/** What the security log holds about a person, a company, or everybody, the latest first. */
export function Events({ about }: EventsProps) {
  const { results, status, loadMore } = usePaginatedQuery(
    api.staff.security.events,
    { about },
    { initialNumItems: PAGE },
  );
  if (status === "LoadingFirstPage") {
    return <Skeleton height={160} m="lg" radius="md" aria-label="Loading the events" />;
  }
  if (results.length === 0) {
    return (
      <Text c="dimmed" p="lg" role="status">
        Nothing is recorded.
      </Text>
    );
  }
  return (
    <>
      <ol className={classes.list} aria-label="Security events">
        {results.map((event) => (
          <EventRow key={event._id} event={event} />
        ))}
      </ol>
      <MoreButton {...{ status, loadMore }} count={PAGE} className={classes.older} size="xs">
        Show older
      </MoreButton>
    </>
  );
}

function EventRow({ event }: { event: Doc<"securityAuditLog"> }) {
  const { kind, userName, tenantName, resource, operation, count, at, address, agent } = event;
  const who = userName ?? (kind === "forgedWebhook" ? null : "Work in the background");
  const origin = [address, agent].filter((each) => each !== undefined);
  return (
    <li className={classes.item}>
      <p className={classes.words}>
        {who !== null && <bdi className={classes.what}>{who}</bdi>} {EVENT_WORDS[kind]}{" "}
        <bdi>{resource}</bdi>
        {operation && ` (${operation})`}
        {times(count)}
        <span className={classes.more}>
          {[tenantName, event.path, ...origin].filter(Boolean).join(" · ")}
        </span>
      </p>
      <time className={classes.more} dateTime={new Date(at).toISOString()}>
        {formatMoment(at)}
      </time>
    </li>
  );
}
