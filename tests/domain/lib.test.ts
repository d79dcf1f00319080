import { readdirSync } from "node:fs";
import { ConvexError } from "convex/values";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeError, sunupError } from "../../lib/errors.ts";
import { formatCents, formatKw, formatProjectNumber } from "../../lib/format.ts";
import { PLANS, planAtSignup } from "../../lib/plans.ts";
import { PERMISSIONS, permissionsOf, ROLES } from "../../lib/roles.ts";
import { signupForm } from "../../lib/signup.ts";
import { slugCandidates, slugOf } from "../../lib/slug.ts";

/** The first part of every page's address, also of those inside route groups. */
function firstSegments(folder: URL): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      name.startsWith("(") ? firstSegments(new URL(`${name}/`, folder)) : [name],
    );
}

describe("slugOf", () => {
  it.each([
    ["Bright Roofs, LLC", "bright-roofs-llc"],
    ["Añil & Söhne", "anil-sohne"],
    ["O'Neil's Solar", "oneils-solar"],
    ["  --  ", "company"],
    ["Admin", "admin-company"],
    ["SUNUP", "sunup-company"],
  ])("makes %j %j", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  it("is never empty, at most 48 characters longer than its ending, and plain ASCII, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (name) => {
        expect(slugOf(name)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
        expect(slugOf(name).length).toBeLessThanOrEqual(56);
      }),
    );
  });

  it("gives no company the address of one of the app's own pages", () => {
    const segments = firstSegments(new URL("../../app/", import.meta.url));
    expect(segments).toEqual(expect.arrayContaining(["api", "dashboard", "onboarding", "signup"]));
    for (const segment of segments) expect(slugOf(segment)).toBe(`${segment}-company`);
  });

  it("offers the plain slug first, then numbered, then random ones without end", () => {
    const candidates = slugCandidates("Sol", () => 0);
    const first = Array.from({ length: 6 }, () => candidates.next().value);
    expect(first).toEqual(["sol", "sol-2", "sol-3", "sol-4", "sol-22222", "sol-22222"]);
  });
});

describe("plans", () => {
  it("carry the limits and features of the design", () => {
    expect(PLANS.starter.limits).toEqual({
      users: 1,
      leadsPerMonth: 50,
      storageGb: 1,
      videoMinutesPerMonth: 0,
    });
    expect(PLANS.pro).toMatchObject({ pricePerMonthUsd: 99, features: ["siteSurvey", "webrtc"] });
    expect(Object.values(PLANS.enterprise.limits)).toEqual([null, null, null, null]);
  });

  it("never give a paid plan for a wish: a trial of pro, or a talk with sales", () => {
    expect(planAtSignup("starter", 0)).toEqual({ plan: "starter" });
    expect(planAtSignup("pro", 0)).toEqual({ plan: "pro", trialEndsAt: 14 * 86_400_000 });
    expect(planAtSignup("enterprise", 0)).toEqual({ plan: "starter", planWish: "enterprise" });
  });
});

describe("roles", () => {
  it("add up", () => {
    expect(permissionsOf(["Viewer"])).toEqual([
      "projects.read",
      "leads.read",
      "contacts.read",
      "team.read",
    ]);
    expect(permissionsOf(["Viewer", "Installer"])).toContain("projects.write");
    expect(permissionsOf(["System Administrator"])).toEqual([...PERMISSIONS]);
    expect(permissionsOf([])).toEqual([]);
  });

  it("keep team, billing and settings to the administrator", () => {
    for (const role of ROLES.filter((each) => each !== "System Administrator")) {
      const own = permissionsOf([role]);
      for (const closed of ["team.manage", "billing.manage", "settings.manage"] as const) {
        expect(own).not.toContain(closed);
      }
    }
  });
});

describe("the sign-up form", () => {
  const good = {
    companyName: "North Solar",
    plan: "pro",
    name: "Ada",
    email: "ada@north.test",
    password: "long enough",
  };
  it("takes a good entry", () => {
    expect(signupForm.parse(good)).toEqual(good);
  });
  it.each([
    ["companyName", ""],
    ["companyName", "\u200f\u200b"],
    ["companyName", "x".repeat(121)],
    ["plan", "gold"],
    ["name", " "],
    ["email", "ada"],
    ["password", "short"],
  ])("refuses %s %j with a sentence", (field, value) => {
    const result = signupForm.safeParse({ ...good, [field]: value });
    expect(
      result.error?.issues.map(({ path, message }) => [path[0], message.endsWith(".")]),
    ).toEqual([[field, true]]);
  });
});

describe("errors", () => {
  it("speak: a code of the list with its sentence and next step", () => {
    expect(describeError(sunupError("FORBIDDEN"))).toMatchObject({
      code: "FORBIDDEN",
      message: "Your role does not allow this.",
    });
  });
  it.each([
    [new Error("secret detail")],
    [new ConvexError("x")],
    [new ConvexError({ code: "?" })],
    [null],
  ])("say nothing of what went wrong inside: %s", (thrown) => {
    expect(describeError(thrown)).toMatchObject({ code: "INTERNAL" });
    expect(JSON.stringify(describeError(thrown))).not.toContain("secret");
  });
});

describe("formats", () => {
  it("write money, power and project numbers as people read them", () => {
    expect(formatCents(1_250_000)).toBe("$12,500");
    expect(formatCents(1_250_050)).toBe("$12,500.50");
    expect(formatKw(8.4)).toBe("8.4 kW");
    expect(formatProjectNumber(7)).toBe("P-0007");
  });
});
