import { describe, expect, test } from "vitest";
import { greetingAt } from "../../../components/dashboard/greetingAt.ts";
import { stageAge } from "../../../components/projects/daysInStage.ts";
import { daysBetween } from "../../../lib/days.ts";
import { toCsv } from "../../../components/ui/csv.ts";
import {
  directionOf,
  filterFrom,
  filterHref,
  NO_FILTER,
  type ProjectsFilter,
  queryOf,
} from "../../../components/projects/projectsFilter.ts";
import { planLimitRows, planPrice } from "../../../components/ui/planWords.ts";
import { FEATURE_NAMES } from "../../../lib/planWords.ts";
import { FEATURES, PLANS } from "../../../lib/plans.ts";

describe("a plan in words", () => {
  test("says its price as the list of plans has it", () => {
    expect(planPrice(PLANS.starter)).toBe("Free");
    expect(planPrice(PLANS.pro)).toBe("$99 a month");
    expect(planPrice(PLANS.enterprise)).toBe("Price by agreement");
  });

  test("says its limits, none and unlimited too", () => {
    const values = (plan: keyof typeof PLANS) => planLimitRows(PLANS[plan]).map((row) => row.value);
    expect(values("starter")).toEqual(["1", "50", "1 GB", "None"]);
    expect(values("pro")).toEqual(["10", "Unlimited", "50 GB", "1,000 minutes"]);
    expect(new Set(values("enterprise"))).toEqual(new Set(["Unlimited"]));
  });

  test("has a name for every feature", () => {
    for (const feature of FEATURES) expect(FEATURE_NAMES[feature]).toBeTruthy();
  });
});

describe("the age of a job in its stage", () => {
  const day = 24 * 60 * 60 * 1000;

  test("counts whole days and never fewer than none", () => {
    expect(daysBetween(0, 3 * day - 1)).toBe(2);
    expect(daysBetween(day, 0)).toBe(0);
  });

  test("is late only beyond the target", () => {
    expect(stageAge(7, 7)).toEqual({ text: "7 days in this stage, target 7 days", late: false });
    expect(stageAge(8, 7).late).toBe(true);
    expect(stageAge(8, 7).text).toBe("8 days in this stage, over its target of 7 days");
  });

  test("is never late where a job may stay", () => {
    expect(stageAge(400, 0)).toEqual({ text: "400 days in this stage", late: false });
  });
});

describe("the list's filter in the address", () => {
  test("survives the way there and back", () => {
    for (const change of [
      {},
      { view: "board", stage: "s1", owner: "m1", archived: true },
      { category: "permitting", financing: "ppa", from: "2026-01-31", to: "2026-02-28" },
      { sort: "name", reversed: true },
    ] as Partial<ProjectsFilter>[]) {
      const filter = { ...NO_FILTER, ...change };
      const search = new URL(filterHref(filter), "https://sunup.example").searchParams;
      expect(filterFrom(search)).toEqual(filter);
    }
  });

  test("leaves the address clean when nothing is filtered", () => {
    expect(filterHref(NO_FILTER)).toBe("/projects");
  });

  test("ignores what it does not know", () => {
    const search = "stage=&archived=yes&sort=magic&view=list&category=x&from=2026-13-45&to=soon";
    expect(filterFrom(new URLSearchParams(search))).toEqual(NO_FILTER);
  });

  test("orders names from A and days from the latest, until it is turned round", () => {
    expect(directionOf({ sort: "name", reversed: false })).toBe("asc");
    expect(directionOf({ sort: "name", reversed: true })).toBe("desc");
    expect(directionOf({ sort: "created", reversed: false })).toBe("desc");
    expect(directionOf({ sort: "created", reversed: true })).toBe("asc");
  });

  test.each([
    ["2026-11-23", "2026-11-23T07:00Z", 24],
    ["2026-11-01", "2026-11-01T06:00Z", 25],
    ["2026-03-08", "2026-03-08T07:00Z", 23],
  ])("asks the server for whole days of the company, the last one included: %s", (...expected) => {
    const [day, begins, hours] = expected;
    const { createdFrom, createdBefore } = queryOf(
      { ...NO_FILTER, from: day, to: day },
      { stageId: undefined, ownerId: undefined },
      "America/Denver",
    );
    expect(createdFrom).toBe(Date.parse(begins));
    expect(createdBefore! - createdFrom!).toBe(hours * 60 * 60 * 1000);
  });
});

describe("a CSV file", () => {
  test("keeps commas, quotes and line breaks inside their cells", () => {
    expect(toCsv([["Smith, Ana", 'the "big" roof', "two\nlines", 7.5, undefined]])).toBe(
      '\uFEFF"Smith, Ana","the ""big"" roof","two\nlines",7.5,\r\n',
    );
  });

  test.each(["=1+1", "+1", "-1", "@sum", "\t=1"])("does not let %j run as a formula", (text) => {
    expect(toCsv([[text]])).toContain(`'${text}`);
  });
});

test("the greeting follows the reader's clock", () => {
  expect([4, 5, 11, 12, 17, 18, 23].map(greetingAt)).toEqual([
    "Good evening",
    "Good morning",
    "Good morning",
    "Good afternoon",
    "Good afternoon",
    "Good evening",
    "Good evening",
  ]);
});
