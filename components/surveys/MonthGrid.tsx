import { dayName } from "./calendarMonth";
import { SurveyEntry } from "./SurveyEntry";
import classes from "./Surveys.module.css";
import { byDay } from "./byDay";
import type { CalendarSurvey } from "./types";

const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

type MonthGridProps = {
  month: string;
  weeks: string[][];
  today: string;
  timeZone: string;
  nameOf: (memberId: string) => string;
  surveys: CalendarSurvey[];
};

/** A month as a table of weeks. */
export function MonthGrid({ month, weeks, today, timeZone, nameOf, surveys }: MonthGridProps) {
  const onDay = byDay(surveys, timeZone);
  return (
    <table className={classes.grid}>
      <thead>
        <tr>
          {WEEKDAYS.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((day) => (
              <td
                key={day}
                data-outside={!day.startsWith(month) || undefined}
                data-today={day === today || undefined}
              >
                <time dateTime={day} aria-label={dayName(day)} className={classes.day}>
                  {Number(day.slice(8))}
                </time>
                <ul className={classes.entries}>
                  {(onDay.get(day) ?? []).map((survey) => (
                    <li key={survey._id}>
                      <SurveyEntry survey={survey} timeZone={timeZone} nameOf={nameOf} />
                    </li>
                  ))}
                </ul>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
