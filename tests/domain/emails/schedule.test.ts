import { describe, expect, it } from "vitest";
import { delayAfter, LEASE_MS, SEND_TIMEOUT_MS } from "../../../convex/emails/schedule.ts";

const HOUR = 3_600_000;

describe("the wait between two attempts", () => {
  it("doubles from 5 seconds up to an hour", () => {
    const delays = [1, 2, 3, 4, 10, 11, 40].map((attempts) => delayAfter(attempts, 0));
    expect(delays).toEqual([5_000, 10_000, 20_000, 40_000, 2_560_000, HOUR, HOUR]);
  });

  it("is shortened by chance, by up to half", () => {
    expect(delayAfter(3, 0.5)).toBe(15_000);
    expect(delayAfter(3, 1)).toBe(10_000);
  });

  it("is never shorter than what Resend asks for", () => {
    expect(delayAfter(1, 0.7, 90_000)).toBe(90_000);
    expect(delayAfter(8, 0, 1_000)).toBe(640_000);
  });
});

it("an attempt counts as lost only after Resend's time to answer is over", () => {
  expect(LEASE_MS).toBeGreaterThan(SEND_TIMEOUT_MS);
});
