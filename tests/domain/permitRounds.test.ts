import { describe, expect, test } from "vitest";
import {
  authorityForm,
  MAX_REVIEWS,
  medianDays,
  withoutReview,
  withReview,
} from "../../lib/authorities.ts";
import { addDays, dayIn, daysFrom } from "../../lib/calendarDay.ts";
import {
  MAX_ROUNDS,
  permitStatus,
  type PermitStep,
  reviewDaysOf,
  type Round,
  takeStep,
  undoStep,
  waitingOf,
} from "../../lib/permits.ts";

const submitted = (on: string): PermitStep => ({ kind: "submitted", on });
const approved = (on: string): PermitStep => ({ kind: "approved", on });
const rejected = (on: string, reason = "Rafter spacing"): PermitStep => ({
  ...{ kind: "rejected", on, reason },
});

function after(...steps: PermitStep[]): Round[] {
  return steps.reduce<Round[]>((rounds, step) => {
    const taken = takeStep(rounds, step);
    if (!taken.ok) throw new Error(taken.why);
    return taken.rounds;
  }, []);
}

describe("a permit's rounds", () => {
  test("say where it stands, who has to do something, and since when", () => {
    const history: [PermitStep[], string, string, string][] = [
      [[], "draft", "us", "2026-01-01"],
      [[submitted("2026-01-05")], "submitted", "authority", "2026-01-05"],
      [[submitted("2026-01-05"), rejected("2026-01-09")], "rejected", "us", "2026-01-09"],
      [
        [submitted("2026-01-05"), rejected("2026-01-09"), submitted("2026-01-10")],
        ...(["submitted", "authority", "2026-01-10"] as const),
      ],
      [[submitted("2026-01-05"), approved("2026-01-05")], "approved", "nobody", "2026-01-05"],
    ];
    for (const [steps, status, waitingOn, waitingSince] of history) {
      const rounds = after(...steps);
      expect(permitStatus(rounds)).toBe(status);
      expect(waitingOf("2026-01-01", rounds)).toEqual({ waitingOn, waitingSince });
    }
  });

  test("take no step out of turn", () => {
    const wrong: [PermitStep[], PermitStep][] = [
      [[], approved("2026-01-05")],
      [[], rejected("2026-01-05")],
      [[submitted("2026-01-05")], submitted("2026-01-06")],
      [[submitted("2026-01-05"), rejected("2026-01-06")], approved("2026-01-07")],
      [[submitted("2026-01-05"), approved("2026-01-06")], submitted("2026-01-07")],
    ];
    for (const [before, step] of wrong) {
      expect(takeStep(after(...before), step)).toMatchObject({ ok: false });
    }
  });

  test("take no step before the day of the one it follows", () => {
    const refused = { ok: false, field: "on" };
    const once = after(submitted("2026-01-05"));
    expect(takeStep(once, approved("2026-01-04"))).toMatchObject(refused);
    const back = after(submitted("2026-01-05"), rejected("2026-01-08"));
    expect(takeStep(back, submitted("2026-01-07"))).toMatchObject(refused);
    expect(takeStep(back, submitted("2026-01-08"))).toMatchObject({ ok: true });
  });

  test("end somewhere", () => {
    const steps = Array.from({ length: MAX_ROUNDS }, () => [
      submitted("2026-01-05"),
      rejected("2026-01-05"),
    ]).flat();
    expect(takeStep(after(...steps), submitted("2026-01-05"))).toMatchObject({ ok: false });
  });

  test("are undone step by step, back to the draft", () => {
    const steps = [submitted("2026-01-05"), rejected("2026-01-09"), submitted("2026-01-10")];
    const rounds = after(...steps, approved("2026-01-31"));
    expect(undoStep(rounds)).toEqual(after(...steps));
    expect(undoStep(undoStep(rounds))).toEqual(after(...steps.slice(0, 2)));
    expect(undoStep(undoStep(undoStep(undoStep(rounds))))).toEqual([]);
  });

  test("teach how long the authority took with the round that it approved", () => {
    const rounds = after(
      ...[submitted("2026-01-05"), rejected("2026-02-20"), submitted("2026-02-25")],
      approved("2026-03-02"),
    );
    expect(reviewDaysOf(rounds)).toBe(5);
    expect(reviewDaysOf(undoStep(rounds))).toBeUndefined();
  });
});

describe("an authority's reviews", () => {
  test("have a median, and none at first", () => {
    expect(medianDays([])).toBeUndefined();
    expect(medianDays([9])).toBe(9);
    expect(medianDays([30, 2, 4])).toBe(4);
    expect(medianDays([1, 100, 4, 7])).toBe(6);
  });

  test("are the last ones only, and a mistaken one can be taken back", () => {
    const all = Array.from({ length: MAX_REVIEWS + 5 }, (_, index) => index);
    const kept = all.reduce<number[]>((days, each) => withReview(days, each), []);
    expect(kept).toEqual(all.slice(5));
    expect(withoutReview([3, 5, 3, 8], 3)).toEqual([3, 5, 8]);
    expect(withoutReview([3], 4)).toEqual([3]);
  });
});

test("a portal's address leads nowhere but to a website", () => {
  const of = (portalUrl: string) =>
    authorityForm.safeParse({ kind: "ahj", name: "Boise", portalUrl });
  expect(of("boise.example/permits").data?.portalUrl).toBe("https://boise.example/permits");
  for (const bad of ["javascript:alert(1)", "data:text/html,x", "ftp://x.example", "nowhere"]) {
    expect(of(bad).success, bad).toBe(false);
  }
});

describe("calendar days", () => {
  test("are those of the company's time zone", () => {
    const moment = Date.parse("2026-11-23T03:30:00Z");
    expect(dayIn("America/Los_Angeles", moment)).toBe("2026-11-22");
    expect(dayIn("UTC", moment)).toBe("2026-11-23");
  });

  test("are counted over the ends of months, years and summer time", () => {
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
    expect(addDays("2026-03-07", 2)).toBe("2026-03-09");
    expect(daysFrom("2026-02-28", "2026-03-01")).toBe(1);
    expect(daysFrom("2026-03-01", "2026-02-28")).toBe(-1);
  });
});
