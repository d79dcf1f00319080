import type { FunctionReturnType } from "convex/server";
import type { ReactNode } from "react";
import type { api } from "@/convex/_generated/api";
import { formatMoment, formatRelative } from "@/lib/format";
import { subjectPath } from "@/lib/notifications";
import classes from "./InboxList.module.css";
import { HoverPrefetchLink } from "@/components/ui/HoverPrefetchLink";

type Entry = FunctionReturnType<typeof api.notifications.list>["page"][number];

type InboxEntryProps = { entry: Entry; now: number; onOpen: () => void };

/** One thing that the member was told; the whole of it is the link. */
export function InboxEntry({ entry, now, onOpen }: InboxEntryProps) {
  const when = entry._creationTime;
  return (
    <HoverPrefetchLink
      href={subjectPath(entry.subject)}
      className={classes.entry}
      data-unread={entry.readAt === undefined || undefined}
      onClick={onOpen}
    >
      {entry.readAt === undefined && <span className={classes.unread}>Unread: </span>}
      <span>{sentenceOf(entry)}</span>
      {entry.excerpt && (
        <span className={classes.excerpt} dir="auto">
          {entry.excerpt}
        </span>
      )}
      <time
        className={classes.when}
        dateTime={new Date(when).toISOString()}
        title={formatMoment(when)}
      >
        {formatRelative(when, now)}
      </time>
    </HoverPrefetchLink>
  );
}

function sentenceOf({ kind, by, about }: Entry): ReactNode {
  const who = <bdi className={classes.name}>{by}</bdi>;
  const what = <bdi className={classes.name}>{about}</bdi>;
  switch (kind) {
    case "mention":
      return (
        <>
          {who} mentioned you in {what}
        </>
      );
    case "taskAssigned":
      return (
        <>
          {who} assigned you a task in {what}
        </>
      );
    case "surveyAssigned":
      return (
        <>
          {who} asked you to survey {what}
        </>
      );
    case "projectOwner":
      return (
        <>
          {who} made you the owner of {what}
        </>
      );
    case "projectCrew":
      return (
        <>
          {who} put you on the crew of {what}
        </>
      );
    case "leadAssigned":
      return (
        <>
          {who} gave you the lead {what}
        </>
      );
    case "supportEntered":
      return (
        <>
          {who} entered {what}
        </>
      );
    case "supportRequested":
      return (
        <>
          {who} asks to enter {what}
        </>
      );
  }
}
