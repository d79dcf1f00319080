import { beforeEach, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import { type Backend, backend, clerkEvent, deliver, identityOf } from "../support/backend.ts";

const ben = { id: "user_ben", email: "ben@south.test", firstName: "Ben" };
const wish = { companyName: "South Solar", plan: "starter" as const };

let t: Backend;
beforeEach(() => {
  t = backend();
});

async function tenants() {
  return await t.run(({ db }) => db.query("tenants").collect());
}

describe("onboarding.ensureTenant", () => {
  it("sets up the company of a user whose webhook was lost", async () => {
    const as = t.withIdentity(identityOf(ben));
    expect(await as.query(api.onboarding.status, {})).toMatchObject({
      status: "waiting",
      steps: { account: true, workspace: false },
    });
    await as.mutation(api.onboarding.ensureTenant, wish);
    expect(await as.query(api.onboarding.status, {})).toEqual({
      status: "ready",
      steps: {
        account: true,
        workspace: true,
        pipeline: true,
        campaign: true,
        administrator: true,
      },
    });
  });

  it("changes nothing when the webhook came first, and the other way round", async () => {
    const as = t.withIdentity(identityOf(ben));
    await as.mutation(api.onboarding.ensureTenant, wish);
    await deliver(
      t,
      clerkEvent("user.created", { ...ben, unsafeMetadata: { ...wish, companyName: "Other" } }),
    );
    await as.mutation(api.onboarding.ensureTenant, { ...wish, companyName: "Third" });
    expect(await tenants()).toMatchObject([{ name: "South Solar" }]);
  });

  it("takes the user from the token: nobody can set up a company for somebody else", async () => {
    await t.withIdentity(identityOf(ben)).mutation(api.onboarding.ensureTenant, wish);
    const [member] = await t.run(({ db }) => db.query("members").collect());
    expect(member).toMatchObject({ clerkUserId: ben.id, email: ben.email, name: "Ben" });
  });

  it("refuses a caller without a token", async () => {
    await expect(t.mutation(api.onboarding.ensureTenant, wish)).rejects.toThrow("UNAUTHENTICATED");
    await expect(t.query(api.onboarding.status, {})).rejects.toThrow("UNAUTHENTICATED");
    expect(await tenants()).toEqual([]);
  });

  it("refuses an address that is not confirmed", async () => {
    const as = t.withIdentity(identityOf({ ...ben, verified: false }));
    await expect(as.mutation(api.onboarding.ensureTenant, wish)).rejects.toThrow(
      "EMAIL_NOT_VERIFIED",
    );
    expect(await tenants()).toEqual([]);
  });

  it.each([
    ["empty", ""],
    ["only spaces", "   "],
    ["only invisible characters", "\u200b\u200f\u202e"],
    ["121 characters long", "x".repeat(121)],
  ])("refuses a company name that is %s, and names the field", async (_what, companyName) => {
    const as = t.withIdentity(identityOf(ben));
    await expect(
      as.mutation(api.onboarding.ensureTenant, { ...wish, companyName }),
    ).rejects.toThrow(/"code":"INVALID".*"field":"companyName"/);
    expect(await tenants()).toEqual([]);
  });

  it.each([
    ["emoji", "☀️🔆", /^[a-z0-9-]+$/],
    ["right-to-left", "شركة الطاقة الشمسية", /^[a-z0-9-]+$/],
    ["Chinese", "阳光能源", /^[a-z0-9-]+$/],
  ])(
    "takes a company name in %s as it is, with a readable slug",
    async (_what, companyName, slug) => {
      await t
        .withIdentity(identityOf(ben))
        .mutation(api.onboarding.ensureTenant, { ...wish, companyName });
      const [tenant] = await tenants();
      expect(tenant?.name).toBe(companyName);
      expect(tenant?.slug).toMatch(slug);
    },
  );
});
