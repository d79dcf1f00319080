import { beforeEach, describe, expect, it } from "vitest";
import { api } from "../../convex/_generated/api.js";
import { DEFAULT_STAGES } from "../../lib/stages.ts";
import {
  type Backend,
  backend,
  type ClerkUser,
  clerkEvent,
  deliver,
  identityOf,
  signed,
} from "../support/backend.ts";

const ada: ClerkUser = {
  id: "user_ada",
  email: "ada@north.test",
  firstName: "Ada",
  lastName: "North",
  unsafeMetadata: { companyName: "North Solar", plan: "pro" },
};

let t: Backend;
beforeEach(() => {
  t = backend();
});

/** How many rows of each table there are. */
async function counts(): Promise<Record<string, number>> {
  return await t.run(async ({ db }) => ({
    tenants: (await db.query("tenants").collect()).length,
    members: (await db.query("members").collect()).length,
    stages: (await db.query("pipelineStages").collect()).length,
    campaigns: (await db.query("campaigns").collect()).length,
    emails: (await db.query("emails").collect()).length,
  }));
}
const NOTHING = { tenants: 0, members: 0, stages: 0, campaigns: 0, emails: 0 };
const ONE_COMPANY = { tenants: 1, members: 1, stages: 8, campaigns: 1, emails: 1 };

async function events() {
  return await t.run(async ({ db }) => await db.query("webhookEvents").collect());
}

describe("user.created, well signed", () => {
  it("sets up the company with all that it starts with", async () => {
    expect((await deliver(t, clerkEvent("user.created", ada))).status).toBe(200);
    expect(await counts()).toEqual(ONE_COMPANY);

    const as = t.withIdentity(identityOf(ada));
    const me = await as.query(api.members.me, {});
    expect(me.tenant).toMatchObject({ name: "North Solar", slug: "north-solar", status: "active" });
    expect(me.member).toMatchObject({
      name: "Ada North",
      email: "ada@north.test",
      roles: ["System Administrator"],
    });
    const stages = await as.query(api.pipelineStages.list, {});
    expect(stages.map(({ name }) => name)).toEqual(DEFAULT_STAGES.map(({ name }) => name));
    expect(await as.query(api.campaigns.list, {})).toMatchObject([
      { name: "General Leads", isDefault: true },
    ]);
    const emails = await t.run(({ db }) => db.query("emails").collect());
    expect(emails).toMatchObject([
      { message: { kind: "welcome" }, to: "ada@north.test", status: "queued" },
    ]);
  });

  it("starts a trial of 14 days for a wish for pro, and starter for enterprise until sales agrees", async () => {
    const before = Date.now();
    await deliver(t, clerkEvent("user.created", ada));
    const big = {
      ...ada,
      id: "user_big",
      unsafeMetadata: { companyName: "Big", plan: "enterprise" },
    };
    await deliver(t, clerkEvent("user.created", big));
    const [pro, enterprise] = await t.run(({ db }) => db.query("tenants").collect());
    expect(pro?.plan).toBe("pro");
    expect((pro?.trialEndsAt ?? 0) - before).toBeGreaterThanOrEqual(14 * 86_400_000);
    expect((pro?.trialEndsAt ?? 0) - before).toBeLessThan(14 * 86_400_000 + 60_000);
    expect(enterprise).toMatchObject({ plan: "starter", planWish: "enterprise" });
  });

  it("gives a made-up plan starter, never something paid", async () => {
    const sly = { ...ada, unsafeMetadata: { companyName: "Sly", plan: "free-enterprise" } };
    await deliver(t, clerkEvent("user.created", sly));
    expect((await t.run(({ db }) => db.query("tenants").first()))?.plan).toBe("starter");
  });

  it("does nothing when the same delivery comes a hundred times", async () => {
    for (let i = 0; i < 100; i++) {
      const response = await deliver(t, clerkEvent("user.created", ada), "msg_same");
      expect(response.status).toBe(200);
    }
    expect(await counts()).toEqual(ONE_COMPANY);
    expect(await events()).toHaveLength(1);
  });

  it("makes one company when two deliveries and the browser come at once", async () => {
    const as = t.withIdentity(identityOf(ada));
    await Promise.all([
      deliver(t, clerkEvent("user.created", ada), "msg_1"),
      deliver(t, clerkEvent("user.created", ada), "msg_2"),
      as.mutation(api.onboarding.ensureTenant, { companyName: "North Solar", plan: "pro" }),
    ]);
    expect(await counts()).toEqual(ONE_COMPANY);
  });

  it("gives two companies of one name slugs of their own", async () => {
    await Promise.all(
      ["a", "b", "c"].map((key) =>
        deliver(
          t,
          clerkEvent("user.created", { ...ada, id: `user_${key}`, email: `${key}@x.test` }),
        ),
      ),
    );
    const slugs = await t.run(async ({ db }) =>
      (await db.query("tenants").collect()).map(({ slug }) => slug),
    );
    expect(slugs.sort()).toEqual(["north-solar", "north-solar-2", "north-solar-3"]);
  });

  it.each([
    ["no company name", {}],
    ["an empty company name", { companyName: "  " }],
    ["a company name of 10,000 characters", { companyName: "x".repeat(10_000) }],
    ["a company name of another type", { companyName: { $gt: "" } }],
  ])(
    "with %s sets up nothing, and the user can still finish in the browser",
    async (_what, unsafeMetadata) => {
      const response = await deliver(t, clerkEvent("user.created", { ...ada, unsafeMetadata }));
      expect(response.status).toBe(200);
      expect(await counts()).toEqual(NOTHING);
      expect(await events()).toMatchObject([{ status: "ignored", subject: ada.id }]);

      const as = t.withIdentity(identityOf(ada));
      expect((await as.query(api.onboarding.status, {})).status).toBe("waiting");
      await as.mutation(api.onboarding.ensureTenant, {
        companyName: "Late Solar",
        plan: "starter",
      });
      expect((await as.query(api.onboarding.status, {})).status).toBe("ready");
    },
  );

  it("with an unconfirmed address sets up nothing", async () => {
    await deliver(t, clerkEvent("user.created", { ...ada, verified: false }));
    expect(await counts()).toEqual(NOTHING);
  });

  it("after the user was deleted sets up nothing, also not from the browser", async () => {
    await deliver(t, { type: "user.deleted", data: { id: ada.id, deleted: true } });
    await deliver(t, clerkEvent("user.created", ada));
    const as = t.withIdentity(identityOf(ada));
    await expect(
      as.mutation(api.onboarding.ensureTenant, { companyName: "Back", plan: "starter" }),
    ).rejects.toThrow("ACCOUNT_DELETED");
    expect(await counts()).toEqual(NOTHING);
  });
});

describe("user.updated and user.deleted", () => {
  it("take over the latest profile, whatever the order they come in", async () => {
    await deliver(t, clerkEvent("user.created", ada));
    const rename = (firstName: string, updatedAt: number) =>
      deliver(t, clerkEvent("user.updated", { ...ada, firstName, updatedAt }));
    await rename("Latest", 3_000);
    await rename("Older", 2_000);
    const me = await t.withIdentity(identityOf(ada)).query(api.members.me, {});
    expect(me.member!.name).toBe("Latest North");
  });

  it("never make a company", async () => {
    await deliver(t, clerkEvent("user.updated", ada));
    await deliver(t, { type: "user.deleted", data: { id: ada.id } });
    expect(await counts()).toEqual(NOTHING);
  });

  it("end the access of a deleted user and keep the company", async () => {
    await deliver(t, clerkEvent("user.created", ada));
    await deliver(t, { type: "user.deleted", data: { id: ada.id } });
    await expect(t.withIdentity(identityOf(ada)).query(api.members.me, {})).rejects.toThrow(
      "MEMBER_DEACTIVATED",
    );
    expect(await counts()).toEqual(ONE_COMPANY);
  });
});

describe("the route", () => {
  const body = JSON.stringify(clerkEvent("user.created", ada));
  const post = (init: RequestInit) => t.fetch("/webhooks/clerk", init);

  it.each([
    ["without a signature", () => ({ method: "POST", body })],
    [
      "signed with another secret",
      () => signed(body, { secret: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD" }),
    ],
    ["with another body than was signed", () => ({ ...signed(body), body: `${body} ` })],
    ["signed six minutes ago", () => signed(body, { at: new Date(Date.now() - 6 * 60_000) })],
    [
      "signed for six minutes from now",
      () => signed(body, { at: new Date(Date.now() + 6 * 60_000) }),
    ],
    [
      "with the signature of another event id",
      () => {
        const request = signed(body, { id: "msg_a" });
        return { ...request, headers: { ...request.headers, "svix-id": "msg_b" } };
      },
    ],
  ])("refuses a request %s", async (_what, init) => {
    const response = await post(init());
    expect(response.status).toBe(401);
    expect(await counts()).toEqual(NOTHING);
    expect(await events()).toEqual([]);
  });

  it("refuses a body over 256 kB before it looks at it", async () => {
    const response = await post(signed(JSON.stringify({ type: "x", data: "x".repeat(300_000) })));
    expect(response.status).toBe(413);
    expect(await events()).toEqual([]);
  });

  it("answers GET with 404", async () => {
    expect((await t.fetch("/webhooks/clerk")).status).toBe(404);
  });

  it.each([
    ["not JSON", "{not json"],
    ["an empty object", "{}"],
    ["a list", "[]"],
    ["a user without what a user has", JSON.stringify({ type: "user.created", data: { id: "u" } })],
  ])("keeps a signed body that is %s as failed, with the reason", async (_what, bad) => {
    expect((await post(signed(bad))).status).toBe(200);
    const [event] = await events();
    expect(event).toMatchObject({ status: "failed" });
    expect(event!.detail.length).toBeGreaterThan(5);
    expect(await counts()).toEqual(NOTHING);
  });

  it("keeps an event that Sunup does not use as ignored", async () => {
    await deliver(t, { type: "session.created", data: { id: "sess_1" } });
    expect(await events()).toMatchObject([{ type: "session.created", status: "ignored" }]);
  });
});
