import { IconCalendarOff } from "@tabler/icons-react";
import { Notice } from "@/components/ui/Notice";
import { Panel } from "@/components/ui/Panel";
import { byDay } from "./byDay";
import { dayName, monthName } from "./calendarMonth";
import { SurveyEntry } from "./SurveyEntry";
import classes from "./Surveys.module.css";
import type { CalendarSurvey } from "./types";

type AgendaProps = {
  month: string;
  today: string;
  timeZone: string;
  nameOf: (memberId: string) => string;
  surveys: CalendarSurvey[];
};

/** A month's surveys as a list by day. */
export function Agenda({ month, today, timeZone, nameOf, surveys }: AgendaProps) {
  const days = [...byDay(surveys, timeZone)].filter(([day]) => day.startsWith(month));
  if (days.length === 0) {
    return (
      <Notice
        order={3}
        role="status"
        icon={<IconCalendarOff size={26} stroke={1.6} aria-hidden />}
        title="No surveys"
      >
        Nothing is planned in {monthName(month)}. Surveys are planned on a project’s page.
      </Notice>
    );
  }
  return (
    <div className={classes.agenda}>
      {days.map(([day, entries]) => (
        <Panel key={day} title={day === today ? `Today, ${dayName(day)}` : dayName(day)}>
          <ul className={classes.entries}>
            {entries.map((survey) => (
              <li key={survey._id}>
                <SurveyEntry survey={survey} timeZone={timeZone} nameOf={nameOf} full />
              </li>
            ))}
          </ul>
        </Panel>
      ))}
    </div>
  );
}
