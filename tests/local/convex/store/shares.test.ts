import { expect, test } from "vitest";
import { Shares } from "../../../../local/convex/store/shares.ts";

const SECOND = 1000;

test("what somebody had long ago counts less than what another has now", () => {
  const shares = new Shares();
  shares.charge("once", 100, 0);
  for (let second = 1; second <= 10; second++) shares.charge("now", 10, second * SECOND);
  expect(shares.of("once")).toBeLessThan(shares.of("now"));
});

test("who had most lately is last, whatever the clock says", () => {
  const shares = new Shares();
  for (const hour of [0, 1, 24, 24 * 365]) {
    const now = hour * 3600 * SECOND;
    shares.charge("busy", 50, now);
    shares.charge("quiet", 5, now);
    expect(shares.of("busy")).toBeGreaterThan(shares.of("quiet"));
    expect(shares.of("busy")).toBeLessThan(Infinity);
    expect(shares.of("nobody")).toBe(0);
  }
});

test("whoever is gone for some minutes is forgotten", () => {
  const shares = new Shares();
  shares.charge("gone", 100, 0);
  shares.charge("here", 1, 3 * 60 * SECOND);
  expect(shares.of("gone")).toBe(0);
});
