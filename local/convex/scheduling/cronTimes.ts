/** When a cron job runs next. All times are UTC, as in Convex. */
import { createHash } from "node:crypto";
import type { CronSchedule } from "../functions/registry.ts";

const MINUTE = 60_000;
const DAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/**
 * The first time (ms) after `after` at which the job is due. A job that never ran (`previous` null)
 * and repeats at an interval is due at once.
 * @throws Error when the cron expression is none, or never comes.
 */
export function nextTime(
  schedule: CronSchedule,
  name: string,
  previous: number | null,
  after: number,
): number {
  if (schedule.type === "interval") {
    const { seconds = 0, minutes = 0, hours = 0 } = schedule;
    const interval = (seconds + minutes * 60 + hours * 3600) * 1000;
    if (previous === null) return after;
    return previous + Math.max(1, Math.ceil((after - previous) / interval)) * interval;
  }
  return nextMatch(parseCron(asExpression(schedule, name)), after);
}

/** Where no minute is given one is picked by the job's name, so that jobs spread over the hour. */
function asExpression(schedule: Exclude<CronSchedule, { type: "interval" }>, name: string): string {
  if (schedule.type === "cron") return schedule.cron;
  const minute = schedule.minuteUTC ?? createHash("sha256").update(name).digest()[0]! % 60;
  switch (schedule.type) {
    case "hourly":
      return `${minute} * * * *`;
    case "daily":
      return `${minute} ${schedule.hourUTC} * * *`;
    case "weekly":
      return `${minute} ${schedule.hourUTC} * * ${DAYS.indexOf(schedule.dayOfWeek.toLowerCase())}`;
    case "monthly":
      return `${minute} ${schedule.hourUTC} ${schedule.day} * *`;
  }
}

type Cron = {
  minutes: Set<number>;
  hours: Set<number>;
  days: Set<number>;
  months: Set<number>;
  weekdays: Set<number>;
  /** When both day fields are restricted, either may match. */
  eitherDay: boolean;
};

function parseCron(expression: string): Cron {
  const fields = expression.trim().split(/\s+/);
  const [minute, hour, day, month, weekday] = fields;
  if (fields.length !== 5 || !minute || !hour || !day || !month || !weekday) {
    throw new Error(`"${expression}" is not a cron expression of five fields.`);
  }
  const weekdays = parseField(
    weekday,
    0,
    7,
    DAYS.map((name) => name.slice(0, 3)),
    expression,
  );
  if (weekdays.delete(7)) weekdays.add(0);
  return {
    minutes: parseField(minute, 0, 59, [], expression),
    hours: parseField(hour, 0, 23, [], expression),
    days: parseField(day, 1, 31, [], expression),
    months: parseField(month, 1, 12, ["", ...MONTHS], expression),
    weekdays,
    eitherDay: !day.startsWith("*") && !weekday.startsWith("*"),
  };
}

function parseField(
  field: string,
  min: number,
  max: number,
  names: string[],
  expression: string,
): Set<number> {
  const number = (text: string): number => {
    const named = names.indexOf(text.toLowerCase().slice(0, 3));
    const value = named >= 0 && text !== "" ? named : /^\d+$/.test(text) ? Number(text) : NaN;
    if (!(value >= min && value <= max)) {
      throw new Error(`"${field}" in the cron expression "${expression}" is not valid.`);
    }
    return value;
  };
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const [range = "", step = "1"] = part.split("/");
    const [from, to] = range === "*" ? [`${min}`, `${max}`] : range.split("-");
    const first = number(from ?? "");
    const last = to !== undefined ? number(to) : part.includes("/") ? max : first;
    const by = Number(step);
    if (!Number.isInteger(by) || by < 1) number("");
    for (let value = first; value <= last; value += by) values.add(value);
  }
  return values;
}

function nextMatch(cron: Cron, after: number): number {
  const at = new Date((Math.floor(after / MINUTE) + 1) * MINUTE);
  const limit = after + 5 * 366 * 24 * 60 * MINUTE;
  while (at.getTime() <= limit) {
    if (!cron.months.has(at.getUTCMonth() + 1)) {
      at.setUTCMonth(at.getUTCMonth() + 1, 1);
      at.setUTCHours(0, 0, 0, 0);
    } else if (!matchesDay(cron, at)) {
      at.setUTCDate(at.getUTCDate() + 1);
      at.setUTCHours(0, 0, 0, 0);
    } else if (!cron.hours.has(at.getUTCHours())) {
      at.setUTCHours(at.getUTCHours() + 1, 0, 0, 0);
    } else if (!cron.minutes.has(at.getUTCMinutes())) {
      at.setUTCMinutes(at.getUTCMinutes() + 1);
    } else {
      return at.getTime();
    }
  }
  throw new Error("The cron expression describes a day that never comes.");
}

function matchesDay(cron: Cron, at: Date): boolean {
  const day = cron.days.has(at.getUTCDate());
  const weekday = cron.weekdays.has(at.getUTCDay());
  return cron.eitherDay ? day || weekday : day && weekday;
}
