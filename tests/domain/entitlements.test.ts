import { describe, expect, it } from "vitest";
import { entitlementsOf } from "../../lib/entitlements.ts";
import { FEATURES, PLAN_IDS, PLANS } from "../../lib/plans.ts";

const NOW = Date.UTC(2026, 10, 23);

describe("entitlements", () => {
  it.each(PLAN_IDS)("of %s without overrides are the plan's own", (plan) => {
    const { limits, features } = PLANS[plan];
    expect(entitlementsOf({ plan }, NOW)).toEqual({ plan, limits, features: [...features] });
  });

  it("change one limit or feature for one company and nothing else", () => {
    const overrides = [
      { limit: "users" as const, value: 3 },
      { feature: "siteSurvey" as const, on: true },
    ];
    const own = entitlementsOf({ plan: "starter", overrides }, NOW);
    expect(own.limits).toEqual({ ...PLANS.starter.limits, users: 3 });
    expect(own.features).toEqual(["siteSurvey"]);
    expect(PLANS.starter.limits.users).toBe(1);
    expect(PLANS.starter.features).toEqual([]);
  });

  it("can take a feature away, and lift a limit altogether", () => {
    const own = entitlementsOf(
      {
        plan: "pro",
        overrides: [
          { feature: "webrtc", on: false },
          { limit: "storageGb", value: null },
        ],
      },
      NOW,
    );
    expect(own.features).toEqual(["siteSurvey"]);
    expect(own.limits.storageGb).toBeNull();
  });

  it("end with their moment, not before", () => {
    const overrides = [{ limit: "users" as const, value: 5, expiresAt: NOW }];
    const users = (now: number) => entitlementsOf({ plan: "starter", overrides }, now).limits.users;
    expect(users(NOW - 1)).toBe(5);
    expect(users(NOW)).toBe(1);
  });

  it("follow the later of two overrides, and name features in the order of the list", () => {
    const own = entitlementsOf(
      {
        plan: "starter",
        overrides: [
          ...FEATURES.toReversed().map((feature) => ({ feature, on: true })),
          { feature: "webrtc", on: false },
        ],
      },
      NOW,
    );
    expect(own.features).toEqual(FEATURES.filter((each) => each !== "webrtc"));
  });
});
