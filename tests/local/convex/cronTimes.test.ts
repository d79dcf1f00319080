import { describe, expect, test } from "vitest";
import type { CronSchedule } from "../../../local/convex/functions/registry.ts";
import { nextTime } from "../../../local/convex/scheduling/cronTimes.ts";

function next(schedule: CronSchedule, after: string, previous: string | null = null): string {
  const last = previous === null ? null : Date.parse(previous);
  return new Date(nextTime(schedule, "job", last, Date.parse(after))).toISOString();
}

describe("the next time of a cron job", () => {
  test.each([
    [{ type: "hourly", minuteUTC: 30 }, "2026-03-01T10:30:00Z", "2026-03-01T11:30:00.000Z"],
    [
      { type: "daily", hourUTC: 3, minuteUTC: 15 },
      "2026-12-31T04:00:00Z",
      "2027-01-01T03:15:00.000Z",
    ],
    [
      { type: "weekly", dayOfWeek: "monday", hourUTC: 0, minuteUTC: 0 },
      "2026-03-04T12:00:00Z",
      "2026-03-09T00:00:00.000Z",
    ],
    [
      { type: "monthly", day: 31, hourUTC: 5, minuteUTC: 0 },
      "2026-01-31T06:00:00Z",
      "2026-03-31T05:00:00.000Z",
    ],
    [
      { type: "cron", cron: "*/15 9-17 * * 1-5" },
      "2026-03-06T17:50:00Z",
      "2026-03-09T09:00:00.000Z",
    ],
    [{ type: "cron", cron: "0 0 29 2 *" }, "2026-03-01T00:00:00Z", "2028-02-29T00:00:00.000Z"],
    [{ type: "cron", cron: "0 12 1 * MON" }, "2026-03-02T13:00:00Z", "2026-03-09T12:00:00.000Z"],
    [{ type: "cron", cron: "0 6 * jan,jul 7" }, "2026-02-01T00:00:00Z", "2026-07-05T06:00:00.000Z"],
  ] satisfies [CronSchedule, string, string][])(
    "of %j after %s is %s",
    (schedule, after, expected) => {
      expect(next(schedule, after)).toBe(expected);
    },
  );

  test("at an interval is at once, and then an interval after the last", () => {
    const schedule: CronSchedule = { type: "interval", minutes: 5 };
    expect(next(schedule, "2026-03-01T10:00:00Z")).toBe("2026-03-01T10:00:00.000Z");
    expect(next(schedule, "2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z")).toBe(
      "2026-03-01T10:05:00.000Z",
    );
  });

  test("at an interval skips what was missed", () => {
    const schedule: CronSchedule = { type: "interval", minutes: 5 };
    expect(next(schedule, "2026-03-01T11:02:00Z", "2026-03-01T10:00:00Z")).toBe(
      "2026-03-01T11:05:00.000Z",
    );
  });

  test("without a minute is the same for one name and differs between names", () => {
    const hourly = (name: string) => nextTime({ type: "hourly" }, name, null, 0);
    expect(hourly("a")).toBe(hourly("a"));
    expect(new Set(["a", "b", "c", "d", "e"].map(hourly)).size).toBeGreaterThan(1);
  });

  test.each(["* * * *", "61 * * * *", "a * * * *", "*/0 * * * *", "0 0 31 2 *"])(
    "of %j is refused",
    (cron) => {
      expect(() => nextTime({ type: "cron", cron }, "job", null, 0)).toThrow(/cron expression/);
    },
  );
});
