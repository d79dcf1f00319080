import { clockAt } from "@/lib/zonedTime";
import type { CalendarSurvey } from "./types";

/** Surveys by the company's day, in order of time. */
export function byDay(surveys: CalendarSurvey[], timeZone: string): Map<string, CalendarSurvey[]> {
  return Map.groupBy(surveys, ({ startsAt }) => clockAt(startsAt, timeZone).day);
}
