import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { api } from "../../../convex/_generated/api.js";
import type { Doc } from "../../../convex/_generated/dataModel.js";
import { RETRY_AFTER_MS } from "../../../convex/model/invitationDelivery.ts";
import { type Backend, backend } from "../../support/backend.ts";
import { APP_URL, deploymentClerk } from "../../support/clerk.ts";
import { signUp, type TestTenant } from "../../support/tenant.ts";

const NOON = Date.parse("2026-11-23T12:00:00Z");
const DAY = 24 * 60 * 60_000;

let t: Backend;
let north: TestTenant;
let south: TestTenant;
beforeEach(async () => {
  vi.useFakeTimers({ now: NOON, toFake: ["Date", "setTimeout"] });
  vi.spyOn(console, "error").mockImplementation(() => {});
  vi.spyOn(console, "warn").mockImplementation(() => {});
  t = backend();
  north = await signUp(t, "north");
  south = await signUp(t, "south");
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function inviteTo(emails: string[], { as } = north) {
  return as.mutation(api.invitations.invite, {
    ...{ emails, roles: ["Sales", "Manager"], primaryRole: "Sales" },
  });
}

/** Lets so much time pass, and whatever is scheduled within it be done. */
async function pass(ms: number): Promise<void> {
  vi.advanceTimersByTime(ms);
  await t.finishInProgressScheduledFunctions();
  // What the work has scheduled for "at once".
  vi.advanceTimersByTime(0);
  await t.finishInProgressScheduledFunctions();
}

async function rowFor(email: string, { tenantId } = north): Promise<Doc<"invitations">> {
  const rows = await t.run(({ db }) => db.query("invitations").collect());
  return rows.find((row) => row.email === email && row.tenantId === tenantId)!;
}

async function mails() {
  const all = await t.run(({ db }) => db.query("emails").collect());
  return all.filter(({ message }) => message.kind === "invitation");
}

describe("invitations.invite", () => {
  it("makes Clerk's invitation without a mail of Clerk's, and queues ours with the ticket", async () => {
    const { sdk } = await deploymentClerk();
    await inviteTo([" Ines@X.test "]);
    await pass(0);
    const row = await rowFor("ines@x.test");
    expect(row).toMatchObject({
      roles: ["Manager", "Sales"],
      status: "pending",
      expiresAt: NOON + 7 * DAY,
      sentAt: NOON,
    });
    const { data } = await sdk.invitations.getInvitationList();
    expect(data).toMatchObject([
      {
        id: row.clerkInvitationId,
        emailAddress: "ines@x.test",
        status: "pending",
        publicMetadata: { invitationId: row._id, round: 1 },
      },
    ]);
    const [mail] = await mails();
    expect(mail).toMatchObject({
      to: "ines@x.test",
      tenantId: north.tenantId,
      message: { data: { companyName: "north Solar", inviterName: "Ada north" } },
    });
    const { acceptUrl } = mail!.message.data as { acceptUrl: string };
    const link = new URL(acceptUrl);
    expect(link.origin + link.pathname).toBe(`${APP_URL}/join`);
    expect(link.searchParams.get("invitation")).toBe(row._id);
    expect(link.searchParams.get("__clerk_ticket")).toBeTruthy();
  });

  it("sends those who have an account to sign in: no ticket, no second account", async () => {
    const { sdk } = await deploymentClerk();
    await sdk.users.createUser({ emailAddress: ["old@x.test"], password: "rooftop-panels-7" });
    await inviteTo(["old@x.test"]);
    await pass(0);
    expect((await sdk.invitations.getInvitationList()).totalCount).toBe(0);
    const [mail] = await mails();
    const { _id } = await rowFor("old@x.test");
    expect(mail!.message.data).toMatchObject({ acceptUrl: `${APP_URL}/join?invitation=${_id}` });
  });

  it("lets two companies invite the same person, each with a link of its own", async () => {
    const { sdk } = await deploymentClerk();
    await inviteTo(["wanted@x.test"], north);
    await inviteTo(["wanted@x.test"], south);
    await pass(0);
    const { data } = await sdk.invitations.getInvitationList();
    const ours = [await rowFor("wanted@x.test", north), await rowFor("wanted@x.test", south)];
    expect(data.map(({ publicMetadata }) => publicMetadata?.["invitationId"]).sort()).toEqual(
      ours.map(({ _id }) => _id).sort(),
    );
  });

  it.each([
    ["a member's", "Viewer@north.test", "Viewer (viewer@north.test) is in your team already."],
    ["an invited one", "invited@north.test", "invited@north.test is invited already."],
    ["no address", "ines", "ines: Enter a valid e-mail address"],
    ["empty", "  ", "Enter a valid e-mail address"],
    ["endless", `${"x".repeat(300)}@x.test`, "too long"],
  ])("refuses an address that is %s, and invites nobody of the form", async (_w, bad, reason) => {
    await expect(inviteTo(["good@x.test", bad])).rejects.toThrow(reason);
    await expect(inviteTo(["good@x.test", bad])).rejects.toThrow('"field":"emails"');
    expect(await rowFor("good@x.test")).toBeUndefined();
  });

  it("tells of a member whose access is off to turn it on instead", async () => {
    await north.as.mutation(api.members.deactivate, { memberId: north.viewerId });
    await expect(inviteTo(["viewer@north.test"])).rejects.toThrow("Turn it on again instead.");
  });

  it("says nothing of people of other companies", async () => {
    await deploymentClerk();
    await inviteTo([south.admin.email]);
    expect(await rowFor(south.admin.email)).toMatchObject({ status: "pending" });
  });

  it("takes an address once, however it is repeated, and at most twenty", async () => {
    await deploymentClerk();
    await inviteTo(["twice@x.test", "TWICE@x.test"]);
    const rows = await t.run(({ db }) => db.query("invitations").collect());
    expect(rows.filter(({ email }) => email === "twice@x.test")).toHaveLength(1);
    const many = Array.from({ length: 21 }, (_, n) => `p${n}@x.test`);
    await expect(inviteTo(many)).rejects.toThrow("at most 20");
    await expect(inviteTo([])).rejects.toThrow("at least one");
  });

  it("takes nobody in while the company is being closed", async () => {
    await t.run(({ db }) => db.patch("tenants", north.tenantId, { status: "closing" }));
    await expect(inviteTo(["ines@x.test"])).rejects.toThrow("being closed");
    expect(await rowFor("ines@x.test")).toBeUndefined();
  });
});

describe("delivery", () => {
  it("goes on by itself when Clerk could not be reached, and says so until then", async () => {
    const { sdk } = await deploymentClerk();
    const away = process.env.CLERK_API_URL;
    process.env.CLERK_API_URL = "http://127.0.0.1:9";
    await inviteTo(["ines@x.test"]);
    await pass(0);
    const entry = async () =>
      (await north.as.query(api.invitations.list, {})).find(({ email }) => email === "ines@x.test");
    expect(await entry()).toMatchObject({ problem: "unreachable", retrying: true });
    expect(await mails()).toEqual([]);

    process.env.CLERK_API_URL = away;
    await pass(RETRY_AFTER_MS[0]!);
    expect(await entry()).not.toHaveProperty("problem");
    expect(await entry()).toMatchObject({ retrying: false });
    expect(await mails()).toHaveLength(1);
    expect((await sdk.invitations.getInvitationList()).totalCount).toBe(1);
  });

  it("finds Clerk's invitation again when the answer to its creation was lost", async () => {
    const { sdk } = await deploymentClerk();
    const real = globalThis.fetch;
    let lost = 0;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      const answer = await real(input, init);
      if (init?.method !== "POST" || lost > 0) return answer;
      lost += 1;
      throw new TypeError("The connection broke after the request arrived.");
    });
    await inviteTo(["ines@x.test"]);
    await pass(0);
    expect(await rowFor("ines@x.test")).toMatchObject({ problem: "unreachable" });
    await pass(RETRY_AFTER_MS[0]!);
    expect(lost).toBe(1);
    expect((await sdk.invitations.getInvitationList()).totalCount).toBe(1);
    expect(await mails()).toHaveLength(1);
  });

  it("is taken up again when the action was lost", async () => {
    const { sdk } = await deploymentClerk();
    // As when the machine stops between the mutation and the action.
    const real = globalThis.fetch;
    const fetches = vi.spyOn(globalThis, "fetch").mockImplementation(() => new Promise(() => {}));
    await inviteTo(["ines@x.test"]);
    vi.advanceTimersByTime(0);
    await vi.waitFor(() => expect(fetches).toHaveBeenCalled());
    fetches.mockImplementation(real);
    vi.advanceTimersByTime(RETRY_AFTER_MS[0]!);
    await vi.waitFor(async () => {
      vi.advanceTimersByTime(0);
      expect(await mails()).toHaveLength(1);
    });
    expect((await sdk.invitations.getInvitationList()).totalCount).toBe(1);
  });

  it("ends after a day of tries, and starts anew when somebody asks for it", async () => {
    const { sdk } = await deploymentClerk();
    const { CLERK_SECRET_KEY: key } = process.env;
    process.env.CLERK_SECRET_KEY = "sk_live_wrong";
    await inviteTo(["ines@x.test"]);
    await pass(0);
    for (const wait of RETRY_AFTER_MS) await pass(wait);
    expect(await rowFor("ines@x.test")).toMatchObject({
      problem: "refused",
      attempts: RETRY_AFTER_MS.length,
    });
    const { _id: invitationId } = await rowFor("ines@x.test");
    const list = await north.as.query(api.invitations.list, {});
    expect(list[0]).toMatchObject({ _id: invitationId, retrying: false });

    process.env.CLERK_SECRET_KEY = key;
    await north.as.mutation(api.invitations.resend, { invitationId });
    await pass(0);
    expect(await mails()).toHaveLength(1);
    expect((await sdk.invitations.getInvitationList()).totalCount).toBe(1);
  });

  it("to one company tells Clerk nothing of another's", async () => {
    const { sdk } = await deploymentClerk();
    await inviteTo(["ines@x.test"]);
    await pass(0);
    const text = JSON.stringify((await sdk.invitations.getInvitationList()).data);
    expect(text).not.toContain(south.tenantId);
    expect(text).not.toContain("Solar");
  });
});

describe("invitations.resend", () => {
  it("sends a new link for a new week, and the earlier link ends", async () => {
    const { sdk } = await deploymentClerk();
    await inviteTo(["ines@x.test"]);
    await pass(0);
    const first = await rowFor("ines@x.test");
    await pass(2 * DAY);
    await north.as.mutation(api.invitations.resend, { invitationId: first._id });
    await pass(0);
    const second = await rowFor("ines@x.test");
    expect(second).toMatchObject({ status: "pending", expiresAt: NOON + 9 * DAY });
    const { data } = await sdk.invitations.getInvitationList({ status: "pending" });
    expect(data.map(({ id }) => id)).toEqual([second.clerkInvitationId]);
    expect(second.clerkInvitationId).not.toBe(first.clerkInvitationId);
    expect(await mails()).toHaveLength(2);

    // The end of the first week is not the end any more; that of the second is.
    await pass(6 * DAY);
    expect(await rowFor("ines@x.test")).toMatchObject({ status: "pending" });
    await pass(DAY);
    expect(await rowFor("ines@x.test")).toMatchObject({ status: "expired" });
  });

  it("does not fill anybody's mailbox: a minute lies between two mails", async () => {
    await deploymentClerk();
    await inviteTo(["ines@x.test"]);
    await pass(0);
    const { _id: invitationId } = await rowFor("ines@x.test");
    const again = () => north.as.mutation(api.invitations.resend, { invitationId });
    await expect(again()).rejects.toThrow("a moment ago");
    await pass(60_000);
    await again();
    await pass(0);
    expect(await mails()).toHaveLength(2);
  });

  it("takes a seat for an expired invitation, which gave its own back", async () => {
    await deploymentClerk();
    const seats = async () => (await north.as.query(api.members.seats, {})).used;
    const before = await seats();
    await inviteTo(["ines@x.test"]);
    await pass(7 * DAY);
    const { _id: invitationId } = await rowFor("ines@x.test");
    // The invitation of signUp() was not sent by the function, so it does not expire by itself.
    expect(await seats()).toBe(before);
    await north.as.mutation(api.invitations.resend, { invitationId });
    expect(await seats()).toBe(before + 1);
    expect(await rowFor("ines@x.test")).toMatchObject({ status: "pending" });
  });

  it("is refused for an address that became a member's", async () => {
    await deploymentClerk();
    await inviteTo(["ines@x.test"]);
    await pass(7 * DAY);
    const { _id: invitationId } = await rowFor("ines@x.test");
    await t.run(({ db }) => db.patch("members", north.viewerId, { email: "ines@x.test" }));
    await expect(north.as.mutation(api.invitations.resend, { invitationId })).rejects.toThrow(
      "in your team already",
    );
    expect(await rowFor("ines@x.test")).toMatchObject({ status: "expired" });
  });

  it("does not reach another company's invitation", async () => {
    const { invitationId } = south;
    await expect(north.as.mutation(api.invitations.resend, { invitationId })).rejects.toThrow(
      "NOT_FOUND",
    );
  });
});

describe("invitations.revoke", () => {
  it("ends the link here and at Clerk, frees the seat and leaves the list", async () => {
    const { sdk } = await deploymentClerk();
    const { used } = await north.as.query(api.members.seats, {});
    await inviteTo(["ines@x.test"]);
    await pass(0);
    const { _id: invitationId } = await rowFor("ines@x.test");
    await north.as.mutation(api.invitations.revoke, { invitationId });
    await north.as.mutation(api.invitations.revoke, { invitationId });
    expect((await north.as.query(api.members.seats, {})).used).toBe(used);
    await pass(0);
    const { data } = await sdk.invitations.getInvitationList({ status: "pending" });
    expect(data).toEqual([]);
    const list = await north.as.query(api.invitations.list, {});
    expect(list.map(({ email }) => email)).toEqual(["invited@north.test"]);
    expect(await t.query(api.joining.offer, { invitationId })).toMatchObject({ reason: "revoked" });
  });

  it("before the mail went out sends none", async () => {
    const { sdk } = await deploymentClerk();
    await inviteTo(["ines@x.test"]);
    const { _id: invitationId } = await rowFor("ines@x.test");
    await north.as.mutation(api.invitations.revoke, { invitationId });
    await pass(0);
    expect(await mails()).toEqual([]);
    expect((await sdk.invitations.getInvitationList({ status: "pending" })).totalCount).toBe(0);
  });

  it("is refused for one that was accepted in the meantime, who stays a member", async () => {
    await t.run(({ db }) => db.patch("invitations", north.invitationId, { status: "accepted" }));
    const { invitationId } = north;
    await expect(north.as.mutation(api.invitations.revoke, { invitationId })).rejects.toThrow(
      "has joined in the meantime",
    );
  });
});

it("leaves a line of every step in the audit trail", async () => {
  await deploymentClerk();
  await inviteTo(["ines@x.test"]);
  await pass(0);
  const { _id: invitationId } = await rowFor("ines@x.test");
  await pass(60_000);
  await north.as.mutation(api.invitations.resend, { invitationId });
  await pass(7 * DAY);
  await north.as.mutation(api.invitations.resend, { invitationId });
  await north.as.mutation(api.invitations.revoke, { invitationId });
  const lines = await t.run(({ db }) => db.query("auditLog").collect());
  expect(
    lines.filter(({ subject }) => subject === "ines@x.test").map(({ action }) => action),
  ).toEqual([
    "invitation.sent",
    "invitation.resent",
    "invitation.expired",
    "invitation.resent",
    "invitation.revoked",
  ]);
});
