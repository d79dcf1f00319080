import { z } from "zod";
import { DAY_MS } from "./days.ts";

/** A day of the calendar without a time or a zone, "2026-11-23": days compare and sort as text. */
export const calendarDay = z.iso.date("Enter a day, such as 2026-11-23.");

/** The day that a moment (milliseconds) falls on in a time zone; without one, where the reader is. */
export function dayIn(timeZone: string | undefined, moment: number): string {
  // The Swedish way to write a day is the ISO one.
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(moment);
}

/** The day so many days later; earlier with a negative number. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Days from one day to another; negative when it comes before. */
export function daysFrom(day: string, until: string): number {
  return Math.round((Date.parse(until) - Date.parse(day)) / DAY_MS);
}
