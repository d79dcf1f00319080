import { DAY_MS } from "./days.ts";

/**
 * Clocks of other places: a company's days begin where the company is, whatever the computer of
 * the reader says. Days are texts such as "2026-11-23", times such as "16:05".
 */

/** The day and the time that a clock in this time zone shows at a moment (milliseconds). */
export function clockAt(milliseconds: number, timeZone: string): { day: string; time: string } {
  const shifted = new Date(milliseconds + offsetAt(milliseconds, timeZone)).toISOString();
  return { day: shifted.slice(0, 10), time: shifted.slice(11, 16) };
}

/**
 * The moment (milliseconds) at which a clock in this time zone shows that day and time. A time that
 * the clock skips in spring is taken an hour later; one that comes twice in autumn, the first time.
 * NaN when there is no such day or time.
 */
export function momentOf(day: string, time: string, timeZone: string): number {
  const shown = Date.parse(`${day}T${time}:00Z`);
  if (Number.isNaN(shown)) return NaN;
  const before = shown - offsetAt(shown - DAY_MS, timeZone);
  const after = shown - offsetAt(shown + DAY_MS, timeZone);
  const fits = (moment: number) => moment + offsetAt(moment, timeZone) === shown;
  return fits(before) ? before : fits(after) ? after : before;
}

/** How far ahead of UTC the time zone is at this moment, in milliseconds. */
function offsetAt(milliseconds: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(milliseconds);
  const part = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return shown - Math.floor(milliseconds / 1000) * 1000;
}
