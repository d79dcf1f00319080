import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { api, internal } from "../../convex/_generated/api.js";
import { SHARD_DOORS } from "../../convex/model/shards.ts";
import { readShards } from "../../lib/shards.ts";
import { shardSealHeaders } from "../../lib/shardSeal.ts";
import {
  type Backend,
  backend,
  type ClerkUser,
  clerkEvent,
  deliver,
  identityOf,
  signed,
} from "../support/backend.ts";
import { deploymentClerk } from "../support/clerk.ts";
import { configureMail } from "../support/fakeResend.ts";
import { deliverFromStripe, signatureOf, stripeOf } from "../support/localStripe.ts";
import { signUp } from "../support/tenant.ts";

const SECRET = "a secret between deployments";

const boss: ClerkUser = {
  id: "user_boss",
  email: "boss@big.test",
  firstName: "Bo",
  unsafeMetadata: { companyName: "Big Solar", plan: "starter" },
};

let home: Backend;
let east: Backend;
/** Each deployment as the other one's SHARDS names it. */
let urls: { home: string; east: string };
/** While false, nobody listens at east. */
let reachable: boolean;

beforeEach(async () => {
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
  home = backend();
  east = backend();
  reachable = true;
  const eastUrl = await serve(() => east, "east");
  const homeUrl = await serve(() => home, "home");
  vi.stubEnv("SHARD_SECRET", SECRET);
  urls = { home: `home=${homeUrl}|${homeUrl}`, east: `east=${eastUrl}|${eastUrl}` };
  vi.stubEnv("SHARDS", urls.east);
  vi.stubEnv("SHARD_NAME", undefined);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

/** A deployment's HTTP actions on a port. Both run in this process, so whoever is asked has the variables. */
async function serve(of: () => Backend, name: string): Promise<string> {
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      void (async () => {
        if (!reachable) return void response.writeHead(503).end();
        const headers = request.headers as Record<string, string>;
        const answer = await as(name, () =>
          of().fetch(request.url ?? "/", { method: "POST", headers, body }),
        );
        response.writeHead(answer.status).end(await answer.text());
      })();
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Does something as the deployment of that name. */
async function as<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
  const { SHARD_NAME, SHARDS } = process.env;
  vi.stubEnv("SHARD_NAME", name === "home" ? undefined : name);
  vi.stubEnv("SHARDS", name === "home" ? urls.east : urls.home);
  try {
    return await work();
  } finally {
    vi.stubEnv("SHARD_NAME", SHARD_NAME);
    vi.stubEnv("SHARDS", SHARDS);
  }
}

const place = (email = boss.email) =>
  home.action(internal.placements.place, { email, shard: "east" });
const placed = (t: Backend) => t.run(({ db }) => db.query("placements").collect());
const companies = (t: Backend) => t.run(({ db }) => db.query("tenants").collect());
const eventOf = async (t: Backend) => {
  const [event] = await t.run(({ db }) => db.query("webhookEvents").collect());
  return event;
};
const mine = (user: ClerkUser) =>
  home.withIdentity(identityOf(user)).query(api.placements.mine, {});

describe("an address that is kept for another deployment", () => {
  it("is known to both, however often it is placed and however it is spelled", async () => {
    await place(" Boss@Big.test ");
    await place();
    for (const t of [home, east]) {
      expect(await placed(t)).toMatchObject([
        { email: boss.email, shard: "east", kind: "founder" },
      ]);
    }
    expect(await mine(boss)).toBe("east");
    expect(await mine({ ...boss, id: "user_other", email: "other@big.test" })).toBeNull();
    expect(await mine({ ...boss, verified: false })).toBeNull();
  });

  it("is refused for no address, an unknown deployment and from elsewhere than home", async () => {
    await expect(place("nobody")).rejects.toThrow("no address");
    const unknown = { email: boss.email, shard: "west" };
    await expect(home.action(internal.placements.place, unknown)).rejects.toThrow(/no deployment/);
    await expect(
      as("east", () => east.action(internal.placements.place, { ...unknown, shard: "home" })),
    ).rejects.toThrow("Only home");
    expect([...(await placed(home)), ...(await placed(east))]).toEqual([]);
  });

  it("is not kept for who has a company at home", async () => {
    await deliver(home, clerkEvent("user.created", boss));
    await expect(place()).rejects.toThrow("belongs to a company here already");
    expect([...(await placed(home)), ...(await placed(east))]).toEqual([]);
  });

  it("founds its company there and nowhere else", async () => {
    await place();
    expect((await deliver(home, clerkEvent("user.created", boss))).status).toBe(200);
    expect(await companies(home)).toEqual([]);
    expect(await companies(east)).toMatchObject([{ name: "Big Solar" }]);
    expect(await eventOf(home)).toMatchObject({
      status: "processed",
      detail: "Handed on to east (processed).",
    });
    // By the account from now on, whatever becomes of the address.
    expect(await mine({ ...boss, email: "new@big.test" })).toBe("east");
    const token = identityOf(boss);
    await expect(home.withIdentity(token).query(api.members.me, {})).rejects.toThrow("NO_TENANT");
    expect(await east.withIdentity(token).query(api.members.me, {})).toMatchObject({
      tenant: { name: "Big Solar" },
    });
  });

  it("founds it there also when the browser is faster, and never at home", async () => {
    await place();
    const company = { companyName: "Big Solar", plan: "starter" as const };
    const token = identityOf(boss);
    await expect(
      home.withIdentity(token).mutation(api.onboarding.ensureTenant, company),
    ).rejects.toThrow("another of Sunup's deployments");
    await as("east", () => east.withIdentity(token).mutation(api.onboarding.ensureTenant, company));
    await deliver(home, clerkEvent("user.created", boss));
    expect(await companies(home)).toEqual([]);
    expect((await companies(east)).length).toBe(1);
  });

  it("is handed on once more when the other deployment was out of reach", async () => {
    await place();
    reachable = false;
    const event = clerkEvent("user.created", boss);
    expect((await deliver(home, event, "msg_1")).status).toBe(500);
    expect(await eventOf(home)).toMatchObject({ status: "failed" });
    reachable = true;
    expect((await deliver(home, event, "msg_1")).status).toBe(200);
    expect((await deliver(home, event, "msg_1")).status).toBe(200);
    expect((await companies(east)).length).toBe(1);
    expect(await eventOf(home)).toMatchObject({ status: "processed" });
  });

  it("is forgotten with the account, whose end is told over there", async () => {
    await place();
    await deliver(home, clerkEvent("user.created", boss));
    await deliver(home, { type: "user.deleted", data: { id: boss.id, deleted: true } });
    expect(await placed(home)).toMatchObject([{ clerkUserId: boss.id, shard: "east" }]);
    expect((await placed(home))[0]).not.toHaveProperty("email");
    const [member] = await east.run(({ db }) => db.query("members").collect());
    expect(member).toMatchObject({ status: "deactivated" });
  });
});

describe("a deployment that is not home", () => {
  it("lets nobody found a company whose address was not kept for it", async () => {
    const company = { companyName: "Sly Solar", plan: "starter" as const };
    await as("east", async () => {
      await expect(
        east.withIdentity(identityOf(boss)).mutation(api.onboarding.ensureTenant, company),
      ).rejects.toThrow("another of Sunup's deployments");
      await deliver(east, clerkEvent("user.created", boss));
    });
    expect(await companies(east)).toEqual([]);
  });

  it("invites people whom home then sends there, and lets go when it takes that back", async () => {
    const { sdk } = await deploymentClerk();
    await place();
    await deliver(home, clerkEvent("user.created", boss));
    const owner = east.withIdentity(identityOf(boss));
    await east.run(async ({ db }) => {
      const [tenant] = await db.query("tenants").collect();
      await db.patch("tenants", tenant!._id, { plan: "pro" });
    });
    const email = "ines@big.test";
    const invite = { emails: [email], roles: ["Sales" as const], primaryRole: "Sales" as const };
    vi.useFakeTimers({ toFake: ["Date", "setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const settle = () =>
      as("east", async () => {
        vi.advanceTimersByTime(0);
        await east.finishInProgressScheduledFunctions();
      });
    await as("east", () => owner.mutation(api.invitations.invite, invite));
    await settle();
    const row = () => east.run(({ db }) => db.query("invitations").first());
    const invitationId = (await row())!._id;
    const { data } = await sdk.invitations.getInvitationList();
    expect(data[0]?.publicMetadata).toMatchObject({ invitationId });
    const kept = async () => (await placed(home)).find((each) => each.email === email);
    expect(await kept()).toMatchObject({ shard: "east", kind: "invited" });

    const ines: ClerkUser = {
      ...{ id: "user_ines", email, publicMetadata: { invitationId } },
    };
    await deliver(home, clerkEvent("user.created", ines));
    expect(await mine(ines)).toBe("east");
    const members = await east.run(({ db }) => db.query("members").collect());
    expect(members.map(({ clerkUserId }) => clerkUserId)).toContain(ines.id);

    const other = { ...invite, emails: ["olga@big.test"] };
    await as("east", () => owner.mutation(api.invitations.invite, other));
    await settle();
    const rows = await east.run(({ db }) => db.query("invitations").collect());
    const open = rows.find((each) => each.email === "olga@big.test")!;
    expect((await placed(home)).map((each) => each.email)).toContain("olga@big.test");
    await as("east", () => owner.mutation(api.invitations.revoke, { invitationId: open._id }));
    await settle();
    expect((await placed(home)).map((each) => each.email)).not.toContain("olga@big.test");
  });

  it("tells home who joined with an account that was there before, again until home has heard", async () => {
    vi.useFakeTimers({ toFake: ["Date", "setTimeout"] });
    onTestFinished(() => void vi.useRealTimers());
    const twin = await signUp(east, "twin");
    const email = "ines@big.test";
    await as("east", () =>
      twin.as.mutation(api.invitations.invite, {
        ...{ emails: [email], roles: ["Sales"], primaryRole: "Sales" },
      }),
    );
    const rows = await east.run(({ db }) => db.query("invitations").collect());
    const invitationId = rows.find((each) => each.email === email)!._id;
    const ines: ClerkUser = { id: "user_ines", email };
    // Only invited: she may as well found a company of her own.
    await home.mutation(internal.placements.reserve, { email, shard: "east", kind: "invited" });
    expect(await mine(ines)).toBeNull();

    reachable = false;
    const accept = () =>
      east.withIdentity(identityOf(ines)).mutation(api.joining.accept, { invitationId });
    expect(await as("east", accept)).toEqual({ status: "joined" });
    const pass = (ms: number) =>
      as("east", async () => {
        vi.advanceTimersByTime(ms);
        await east.finishInProgressScheduledFunctions();
      });
    await pass(0);
    expect(await mine(ines)).toBeNull();
    reachable = true;
    await pass(10_000);
    expect(await mine(ines)).toBe("east");
    await pass(10 * 60_000);
    expect((await placed(home)).length).toBe(1);
    await deliver(
      home,
      clerkEvent("user.updated", { ...ines, firstName: "Inez", updatedAt: 5_000 }),
    );
    const members = await east.run(({ db }) => db.query("members").collect());
    expect(members.find(({ clerkUserId }) => clerkUserId === ines.id)?.name).toBe("Inez");
  });

  it("cannot claim somebody who has a company at home", async () => {
    await deliver(home, clerkEvent("user.created", boss));
    const claim = { clerkUserId: boss.id, email: boss.email, shard: "east" };
    await home.mutation(internal.placements.joined, claim);
    expect(await placed(home)).toEqual([]);
    expect(await mine(boss)).toBe("home");
    await deliver(
      home,
      clerkEvent("user.updated", { ...boss, firstName: "Beau", updatedAt: 5_000 }),
    );
    const members = await home.run(({ db }) => db.query("members").collect());
    expect(members.map(({ name }) => name)).toEqual(["Beau"]);
  });

  it("does not keep somebody who was invited there from a company of their own", async () => {
    await home.mutation(internal.placements.reserve, {
      ...{ email: boss.email, shard: "east", kind: "invited" },
    });
    await deliver(home, clerkEvent("user.created", boss));
    expect((await companies(home)).length).toBe(1);
    expect(await mine(boss)).toBe("home");
  });
});

describe("what others report to home about a company elsewhere", () => {
  it("reaches its mail, which names its deployment", async () => {
    configureMail();
    await signUp(east, "twin");
    const mail = (await east.run(({ db }) => db.query("emails").first()))!;
    const event = JSON.stringify({
      type: "email.delivered",
      data: {
        email_id: "re_1",
        tags: { tenant: mail.tenantId, email: mail._id, kind: "welcome", shard: "east" },
      },
    });
    const secret = process.env.RESEND_WEBHOOK_SECRET!;
    await home.fetch("/webhooks/resend", signed(event, { secret }));
    expect((await east.run(({ db }) => db.get("emails", mail._id)))?.status).toBe("delivered");
    expect(await eventOf(home)).toMatchObject({ status: "processed" });
  });

  it("reaches its billing, and a customer of nobody's is told to nobody else", async () => {
    const twin = await signUp(east, "twin", "starter");
    const stripe = await stripeOf(east);
    await stripe.subscribe(twin);
    const { customer } = (await stripe.accountOf(twin))!;
    const about = async (id: string, whom: string | undefined) => {
      const object = { object: "subscription", id: "sub_made_up", customer: whom };
      const type = "customer.subscription.updated";
      const body = JSON.stringify({ id, object: "event", type, livemode: false, data: { object } });
      const signature = signatureOf(body, stripe.local.webhookSecret);
      expect((await deliverFromStripe(home, body, signature)).status).toBe(200);
      const events = await home.run(({ db }) => db.query("webhookEvents").collect());
      return events.find(({ eventId }) => eventId === id);
    };
    expect(await about("evt_theirs", customer)).toMatchObject({
      ...{ status: "processed", detail: "Handed on to east (processed)." },
    });
    expect(await about("evt_nobodys", "cus_nobody")).toMatchObject({ status: "ignored" });
    expect(await companies(home)).toEqual([]);
  });
});

describe("the doors between deployments", () => {
  const body = JSON.stringify({
    email: "mallory@evil.test",
    shard: "east",
    kind: "founder",
    keep: true,
  });
  const path = SHARD_DOORS.placement;
  const knock = async ({
    to = "east",
    at = Date.now(),
    secret = SECRET,
    sealed = body,
    on = path,
  } = {}) => {
    const headers = await shardSealHeaders(secret, { to, path: on, body: sealed }, at);
    return await as("east", () => east.fetch(path, { method: "POST", headers, body }));
  };

  it("open to what one of ours sealed for this deployment, this door and this moment", async () => {
    expect((await knock()).status).toBe(200);
    expect((await placed(east)).length).toBe(1);
    // Heard again within its time, it changes nothing.
    expect((await knock()).status).toBe(200);
    expect((await placed(east)).length).toBe(1);
  });

  it.each<[string, Parameters<typeof knock>[0]]>([
    ["a seal for another deployment", { to: "home" }],
    ["a seal for another door", { on: SHARD_DOORS.event as never }],
    ["a seal of another secret", { secret: "guessed" }],
    ["a seal over another body", { sealed: body.replace("east", "west") }],
    ["a seal of six minutes ago", { at: Date.now() - 6 * 60_000 }],
    ["a seal from the future", { at: Date.now() + 6 * 60_000 }],
  ])("stay shut for %s", async (_what, forged) => {
    expect((await knock(forged)).status).toBe(401);
    expect(await placed(east)).toEqual([]);
  });

  it("do not exist where there is one deployment only", async () => {
    vi.stubEnv("SHARD_SECRET", undefined);
    expect((await knock()).status).toBe(404);
    expect(await placed(east)).toEqual([]);
  });
});

describe("the list of deployments", () => {
  it("is read whatever its spaces, and may be empty", () => {
    const east = { name: "east", convexUrl: "https://a.test", siteUrl: "https://b.test" };
    expect(readShards(" east=https://a.test|https://b.test/ , ")).toEqual([east]);
    expect(readShards(undefined)).toEqual([]);
  });

  it.each([
    "east",
    "east=https://a.test",
    "East=https://a.test|https://b.test",
    "east=javascript:alert(1)|https://b.test",
    "east=https://a.test|https://b.test,east=https://c.test|https://d.test",
  ])("%s is refused", (text) => {
    expect(() => readShards(text)).toThrow("SHARDS must list deployments");
  });
});
