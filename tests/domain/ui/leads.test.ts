import { describe, expect, test } from "vitest";
import { leadsAdvice, leadsWords } from "../../../components/leads/allowanceWords.ts";
import {
  filterFrom,
  filterHref,
  narrows,
  NO_FILTER,
} from "../../../components/leads/leadsFilter.ts";

describe("the filter of the leads' page", () => {
  test("goes into the address and comes out of it again", () => {
    const filter = { status: "lost", campaign: "c1", assignee: "nobody", q: "elm & oak" } as const;
    const href = filterHref(filter);
    expect(filterFrom(new URL(href, "http://x.test").searchParams)).toEqual(filter);
    expect(narrows(filter)).toBe(true);
  });

  test("leaves the address plain when nothing is filtered, and ignores what it does not know", () => {
    expect(filterHref(NO_FILTER)).toBe("/leads");
    const search = new URLSearchParams("status=constructor&campaign=&x=1");
    expect(filterFrom(search)).toEqual(NO_FILTER);
    expect(narrows(NO_FILTER)).toBe(false);
  });
});

describe("the month's leads in words", () => {
  test.each([
    [{ used: 1, limit: null }, "1 lead this month"],
    [{ used: 12, limit: null }, "12 leads this month"],
    [{ used: 50, limit: 50 }, "50 of 50 leads this month"],
  ])("%j", (usage, words) => {
    expect(leadsWords(usage)).toBe(words);
  });

  test("say what happens when none is left", () => {
    expect(leadsAdvice({ used: 50, limit: 50 })).toContain("ask people to contact you directly");
    expect(leadsAdvice({ used: 49, limit: 50 })).toContain("until next month");
    expect(leadsAdvice({ used: 49, limit: null })).toBe("Your plan has no limit.");
  });
});
