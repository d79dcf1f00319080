import { formatTime } from "@/lib/format";
import { HoverPrefetchLink } from "@/components/ui/HoverPrefetchLink";
import classes from "./Surveys.module.css";
import type { CalendarSurvey } from "./types";

type SurveyEntryProps = {
  survey: CalendarSurvey;
  timeZone: string;
  nameOf: (memberId: string) => string;
  /** With the address: where there is room. */
  full?: boolean;
};

/** A survey in the calendar: when, where, who. Opens its form. */
export function SurveyEntry({ survey, timeZone, nameOf, full = false }: SurveyEntryProps) {
  const done = survey.status === "completed";
  return (
    <HoverPrefetchLink
      href={`/surveys/${survey._id}`}
      className={classes.entry}
      data-done={done || undefined}
    >
      <span className={classes.when}>
        {formatTime(survey.startsAt, timeZone)}
        {done && " · done"}
      </span>
      <bdi className={classes.what}>{survey.projectName}</bdi>
      {full && survey.siteAddress && <bdi className={classes.where}>{survey.siteAddress}</bdi>}
      <bdi className={classes.where}>{nameOf(survey.assigneeId)}</bdi>
    </HoverPrefetchLink>
  );
}
